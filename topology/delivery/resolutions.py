"""How work that was closed without being done is called: it is neither an item done nor an incident."""

from __future__ import annotations

from topology.delivery.folded import folded

DROPPED = frozenset((
    "won't do", "won't fix", "wont do", "wont fix", "wontfix", "will not do", "will not fix", "not planned", "not_planned", "duplicate",
    "duplicated", "cancelled", "canceled", "as designed", "works as designed", "by design", "not a bug", "not an issue", "rejected",
    "declined", "invalid", "obsolete", "abandoned", "withdrawn", "cannot reproduce", "can't reproduce", "not reproducible", "incomplete",
    "dropped", "discarded", "out of scope", "no longer needed", "won’t do", "won’t fix", "can’t reproduce",
    # French, German, Spanish, Italian, Portuguese, Dutch, Polish
    "ne sera pas fait", "ne sera pas résolu", "ne sera pas corrigé", "doublon", "annulé", "annulée", "impossible à reproduire",
    "incomplet", "rejeté", "refusé", "abandonné", "non reproductible", "wird nicht erledigt", "wird nicht behoben", "nicht geplant",
    "duplikat", "abgebrochen", "storniert", "nicht reproduzierbar", "unvollständig", "abgelehnt", "verworfen", "no se hará",
    "no se va a hacer", "no se corregirá", "no se solucionará", "duplicado", "cancelado", "cancelada", "no reproducible", "rechazado",
    "incompleto", "non verrà eseguito", "non verrà risolto", "duplicato", "annullato", "annullata", "non riproducibile", "rifiutato",
    "não será feito", "não será corrigido", "duplicada", "rejeitado", "não reproduzível", "wordt niet gedaan", "wordt niet opgelost",
    "duplicaat", "geannuleerd", "niet reproduceerbaar", "afgewezen", "nie zostanie zrobione", "nie będzie naprawione", "anulowane",
    "anulowany", "odrzucone", "nie można odtworzyć",
    # The same as other releases, packs and administrators word it.
    "working as intended", "works as intended", "intended behaviour", "intended behavior", "not needed", "not required",
    "no change required", "not applicable", "n/a", "unresolved duplicate", "is duplicate", "closed as duplicate", "won't implement",
    "will not implement", "wontdo", "wont-do", "not going to do", "not going to fix", "no fix", "no action", "no action required",
    "unable to reproduce", "not reproduced", "not a defect", "no bug", "expected behaviour", "expected behavior", "superseded", "spam",
    "user error", "not doing", "withdrawn by reporter", "ne sera pas résolue", "ne sera pas traité", "ne pourra être reproduit",
    "ne peut être reproduit", "impossible de reproduire", "non reproduit", "pas un bug", "sans suite", "non planifié", "en double",
    "comportement attendu", "obsolète", "invalide", "kann nicht reproduziert werden", "wird nicht umgesetzt", "wird nicht gemacht",
    "wird nicht gelöst", "wird nicht bearbeitet", "kein fehler", "doppelt", "dublette", "funktioniert wie vorgesehen", "wie vorgesehen",
    "ungültig", "veraltet", "hinfällig", "nicht umsetzbar", "zurückgezogen", "no se puede reproducir", "no se arreglará",
    "no se resolverá", "no se realizará", "no es un error", "no planificado", "descartado", "inválido", "obsoleto",
    "funciona según lo previsto", "abandonado", "retirado", "impossibile riprodurre", "non riprodotto", "non verrà fatto",
    "non sarà fatto", "non sarà risolto", "non verrà corretto", "non pianificato", "non è un bug", "come previsto", "scartato",
    "abbandonato", "non valido", "duplicata", "doppione", "não é possível reproduzir", "não foi possível reproduzir",
    "não será resolvido", "não será realizado", "não vai ser feito", "não planejado", "não planeado", "não é um bug",
    "conforme projetado", "incompleta", "kan niet reproduceren", "kan niet worden gereproduceerd", "niet te reproduceren",
    "wordt niet uitgevoerd", "zal niet worden opgelost", "niet gepland", "dubbel", "dubbele", "geen bug", "zoals ontworpen", "vervallen",
    "ongeldig", "onvolledig", "verworpen", "nie do naprawienia", "nie zostanie naprawione", "nie będzie zrobione", "nie będzie wykonane",
    "nie da się odtworzyć", "nie można powtórzyć", "nieplanowane", "zduplikowane", "anulowana", "odrzucony", "odrzucona", "porzucone",
    "niekompletne", "nieaktualne", "nieprawidłowe",
))  # fmt: skip
_FOLDED = frozenset(map(folded, DROPPED))


def is_dropped(word: str) -> bool:
    """Whether a resolution, or a state, says that something was closed without being done; `Wont-Do` is `won't do`."""
    return folded(word) in _FOLDED
