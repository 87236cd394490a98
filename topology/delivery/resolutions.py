"""How work that was closed without being done is called: it is neither an item done nor an incident."""

from __future__ import annotations

DROPPED = frozenset((
    "won't do", "won't fix", "wont do", "wont fix", "wontfix", "will not do", "will not fix", "not planned", "not_planned", "duplicate",
    "duplicated", "cancelled", "canceled", "as designed", "works as designed", "by design", "not a bug", "not an issue", "rejected",
    "declined", "invalid", "obsolete", "abandoned", "withdrawn", "cannot reproduce", "can't reproduce", "not reproducible", "incomplete",
    "dropped", "discarded", "out of scope", "no longer needed", "won’t do", "won’t fix", "can’t reproduce",
    # French, German, Spanish, Italian, Portuguese, Dutch, Polish
    "ne sera pas fait", "ne sera pas résolu", "ne sera pas corrigé", "doublon", "annulé", "annulée", "impossible à reproduire", "incomplet",
    "rejeté", "refusé", "abandonné", "non reproductible", "wird nicht erledigt", "wird nicht behoben", "nicht geplant", "duplikat",
    "abgebrochen", "storniert", "nicht reproduzierbar", "unvollständig", "abgelehnt", "verworfen", "no se hará", "no se va a hacer",
    "no se corregirá", "no se solucionará", "duplicado", "cancelado", "cancelada", "no reproducible", "rechazado", "incompleto",
    "non verrà eseguito", "non verrà risolto", "duplicato", "annullato", "annullata", "non riproducibile", "rifiutato", "não será feito",
    "não será corrigido", "duplicada", "rejeitado", "não reproduzível", "wordt niet gedaan", "wordt niet opgelost", "duplicaat",
    "geannuleerd", "niet reproduceerbaar", "afgewezen", "nie zostanie zrobione", "nie będzie naprawione", "duplikat", "anulowane",
    "anulowany", "odrzucone", "nie można odtworzyć",
))  # fmt: skip
