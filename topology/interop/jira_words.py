"""What Jira calls its columns, types and states in English, French, German, Spanish, Italian, Portuguese, Dutch and Polish."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from topology.delivery.folded import folded
from topology.delivery.resolutions import is_dropped

_COLUMNS = {
    "key": "Issue key|Work item key|Key|Clé de ticket|Clé|Vorgangsschlüssel|Schlüssel|Clave de incidencia|Clave|Chiave ticket|Chiave|"
    "Chave da item|Chave do item|Chave da issue|Chave|Issuesleutel|Issue-sleutel|Sleutel|Klucz zgłoszenia|Klucz",
    "type": "Issue Type|Work Type|Work item type|Type de ticket|Type|Vorgangstyp|Typ|Tipo de incidencia|Tipo ticket|Tipo di ticket|"
    "Tipo segnalazione|Tipo de item|Tipo da issue|Tipo|Issuetype|Type issue|Issue-type|Typ zgłoszenia",
    "status": "Status|État|Statut|Estado|Stato|Stan",
    "category": "Status Category|Catégorie d'état|Catégorie de statut|Statuskategorie|Categoría de estado|Categoria di stato|"
    "Categoria stato|"
    "Categoria do status|Categoria de status|Statuscategorie|Kategoria statusu",
    "category_changed": "Status Category Changed|Catégorie d'état modifiée|Catégorie de statut modifiée|Statuskategorie geändert|"
    "Categoría de estado modificada|Categoria di stato modificata|Categoria do status alterada|Statuscategorie gewijzigd|"
    "Zmieniono kategorię statusu",
    "resolution": "Resolution|Résolution|Lösung|Resolución|Risoluzione|Resolução|Oplossing|Rozwiązanie|Rozstrzygnięcie",
    "created": "Created|Création|Créé|Créée|Créé(e)|Date de création|Erstellt|Erstellungsdatum|Creada|Creado|Fecha de creación|"
    "Creato|Creata|"
    "Data creazione|Criado|Criada|Data de criação|Aangemaakt|Gemaakt|Utworzono|Utworzone|Utworzony",
    "resolved": "Resolved|Résolu|Résolue|Résolu(e)|Date de résolution|Erledigt|Gelöst|Resuelta|Resuelto|Risolto|Risolta|"
    "Resolvido|Resolvida|"
    "Opgelost|Rozwiązano|Rozwiązane|Rozwiązany",
    "due": "Due date|Due|Date d'échéance|Échéance|Fälligkeitsdatum|Fällig|Fecha de vencimiento|Data di scadenza|Scadenza|Data limite|"
    "Data de vencimento|Vervaldatum|Einddatum|Data wykonania|Termin",
    "start": "Start date|Date de début|Startdatum|Fecha de inicio|Data di inizio|Data de início|Data rozpoczęcia|Actual start",
    "sprint": "Sprint",
    "team": "Team Name|Team|Squad|Équipe|Nom de l'équipe|Nom d'équipe|Teamname|Equipo|Nombre del equipo|Squadra|Nome team|"
    "Nome del team|Equipe|"
    "Nome da equipe|Nome da equipa|Teamnaam|Zespół|Nazwa zespołu",
    "team_id": "Team Id|Team-ID|ID d'équipe|ID de l'équipe|ID del equipo|ID team|ID del team|ID da equipe|Team-id|Identyfikator zespołu",
    "component": "Component/s|Components|Component|Composants|Composant(s)|Composant|Komponenten|Komponente|Komponente(n)|Componentes|"
    "Componente|Componente(s)|Componenti|Componente/i|Componenten|Komponenty|Komponent",
    "project": "Project name|Project key|Nom du projet|Clé du projet|Projektname|Projektschlüssel|Nombre del proyecto|Clave del proyecto|"
    "Nome progetto|Nome del progetto|Chiave progetto|Nome do projeto|Chave do projeto|Projectnaam|Projectsleutel|"
    "Nazwa projektu|Klucz projektu",
    "labels": "Labels|Étiquettes|Stichwörter|Etiquetas|Etichette|Categorias|Etykiety",
    "parent": "Parent|Parent key|Parent id|Übergeordnet|Principal|Padre|Principale|Pai|Bovenliggend|Element nadrzędny",
    "priority": "Priority|Priorité|Priorität|Prioridad|Priorità|Prioridade|Prioriteit|Priorytet",
}  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    column: tuple(map(folded, names.split("|"))) for column, names in _COLUMNS.items()
}
"""{column: its headers, folded, the better ones first}."""
_CUSTOM = re.compile(
    r"(?:custom field|champs? personnalise(?:s)?|benutzerdefinierte[sn]? feld(?:er)?|campos? personalizados?|campo personalizzato|"
    r"campi personalizzati|aangepast veld|aangepaste velden|pole niestandardowe|pola niestandardowe) (.+)"
)  # fmt: skip

_KNOWN = {name: column for column, names in COLUMNS.items() for name in reversed(names)}
_CUSTOM_RANK = 1_000
MANY = frozenset(("component", "project", "labels", "sprint", "team", "team_id"))
"""Columns of which an item may have several, or that several headers tell of."""

LEVELS = {
    "sub-task": "sub-task|subtask|sub task|sous-tâche|sous tâche|unteraufgabe|untergeordnete aufgabe|teilaufgabe|subtarea|"
    "sub-tarea|sottotask|sotto-task|sotto-attività|sottoattività|subtarefa|sub-tarefa|subtaak|sub-taak|deeltaak|podzadanie|"
    "pod-zadanie|technical task|technical sub-task|sub-bug|subbug|sub-defect|development task",
    "epic": "epic|épopée|epos|épica|épico|epica|epik|epiek|initiative|initiatief|iniciativa|iniziativa|inicjatywa|theme|thème|thema|"
    "capability|portfolio epic|saga",
}  # fmt: skip
INCIDENT = "incident|major incident|system incident|incident system|störung|vorfall|incidente|incidencia crítica|incydent|storing|awaria"
DONE = (
    "done|closed|resolved|complete|completed|finished|terminé|terminée|fini|fermé|fermée|résolu|résolue|clos|close|fertig|erledigt|"
    "geschlossen|gelöst|abgeschlossen|listo|hecho|hecha|cerrado|cerrada|resuelto|resuelta|finalizado|finalizada|terminado|terminada|"
    "completato|completata|chiuso|chiusa|risolto|risolta|fatto|concluído|concluída|concluido|fechado|fechada|resolvido|resolvida|"
    "feito|gereed|klaar|gesloten|opgelost|voltooid|afgerond|gotowe|ukończone|ukończono|zamknięte|zamknięty|rozwiązane|rozwiązany|"
    "zakończone|zrobione|completado|completada|itens concluídos|item concluído|zakończony|zakończona|ukończony|released|deployed|"
    "shipped|in production|live|deployed to production|veröffentlicht|livré|livrée|en production|publicado|pubblicato|lançado|"
    "uitgebracht|wydane|verified|accepted|abgenommen"
)  # fmt: skip
OPEN = (
    "to do|todo|open|new|backlog|ready|selected for development|reopened|in progress|in review|in test|in testing|blocked|on hold|"
    "waiting|à faire|ouvert|ouverte|nouveau|rouvert|rouverte|réouvert|réouverte|en cours|en revue|bloqué|en attente|prêt|"
    "zu erledigen|offen|neu|wiedereröffnet|erneut geöffnet|wieder geöffnet|in arbeit|in bearbeitung|in prüfung|blockiert|wartend|"
    "bereit|por hacer|tareas por hacer|abierto|abierta|nuevo|reabierto|reabierta|en curso|en progreso|en revisión|bloqueado|"
    "en espera|da fare|da completare|aperto|aperta|nuovo|riaperto|riaperta|in corso|in revisione|bloccato|in attesa|a fazer|"
    "tarefas pendentes|aberto|aberta|novo|reaberto|reaberta|em andamento|em progresso|em curso|em revisão|bloqueada|em espera|"
    "te doen|nieuw|heropend|mee bezig|in uitvoering|in behandeling|geblokkeerd|wachtend|do zrobienia|otwarte|otwarty|nowe|nowy|"
    "ponownie otwarte|ponownie otwarty|wznowione|w toku|w trakcie|w realizacji|zablokowane|oczekuje"
)  # fmt: skip
TO_DO = frozenset((
    "to do", "todo", "open", "new", "backlog", "ready", "selected for development", "a faire", "ouvert", "nouveau", "zu erledigen",
    "offen", "neu", "por hacer", "tareas por hacer", "abierto", "nuevo", "da fare", "da completare", "aperto", "nuovo", "a fazer",
    "tarefas pendentes", "aberto", "novo", "te doen", "nieuw", "do zrobienia", "otwarte", "nowe",
))  # fmt: skip
"""States in which nobody has begun, folded."""
FLOW_TYPES = {
    "defect": "bug|bugs|defect|fault|fehler|anomalie|error|errore|erro|fout|błąd|defecto|difetto|defeito|defekt|bogue",
    "risk": "risk|security|vulnerability|compliance|risque|sécurité|vulnérabilité|risiko|sicherheit|schwachstelle|riesgo|seguridad|"
    "vulnerabilidad|rischio|sicurezza|risco|segurança|risico|beveiliging|ryzyko|bezpieczeństwo",
    "debt": "debt|refactor|refactoring|maintenance|chore|technical|dette|technique|schulden|schuld|wartung|technische|deuda|técnica|"
    "mantenimiento|debito|tecnico|manutenzione|dívida|manutenção|onderhoud|dług|techniczny",
}  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, text.split("|")))


_LEVELS = {level: _words(text) for level, text in LEVELS.items()}
_INCIDENT, _DONE, _OPEN = _words(INCIDENT), _words(DONE), _words(OPEN)
_KIND = re.compile(r"^\s*\[[^\]]*\]\s*")  # what service projects put before a type: `[System] Incident`
_BOTH = re.compile(r"\(\w+\)")  # `Terminé(e)`
_FLOW = {flow: _words(text) for flow, text in FLOW_TYPES.items()}


def columns_of(headers: Sequence[str], own: Mapping[str, str]) -> dict[int, str]:
    """{index of a header: our column}. Of several headers for one column the best alone counts, however often it stands there: that of the
    settings, else the built-in names in their order, a field of Jira's own before a custom one of the same name. Columns of which an
    item may have several take them all."""
    found: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(headers):
        if known := _column(name, own):
            found.setdefault(known[0], []).append((known[1], index))
    chosen = {
        index: column
        for column, ranked in found.items()
        for rank, index in ranked
        if column in MANY or rank == min(ranked)[0]
    }
    return dict(sorted(chosen.items()))


def _column(name: str, own: Mapping[str, str]) -> tuple[str, int] | None:
    """(our column, how good the header is for it: the less the better)."""
    plain = folded(name)
    # (The settings say `column = "header"`; written the other way round they mean the same.)
    mine = {folded(header): column for column, header in own.items() if column in COLUMNS}
    mine |= {folded(header): column for header, column in own.items() if header not in COLUMNS and column in COLUMNS}
    if plain in mine:
        return mine[plain], -1
    custom = _CUSTOM.fullmatch(plain)
    word = custom[1] if custom else plain
    column = _KNOWN.get(word)
    return (column, COLUMNS[column].index(word) + (_CUSTOM_RANK if custom else 0)) if column else None


def level_of(kind: str, own: Mapping[str, str]) -> str:
    """sub-task, epic or incident, by the settings' own types, else by the type's name; "" for a story of any kind."""
    told = own.get(kind)
    if told is not None:
        return told if told in (*_LEVELS, "incident") else ""
    plain = folded(_KIND.sub("", kind))
    if plain in _INCIDENT or folded(kind) in _INCIDENT:
        return "incident"
    return next((level for level, words in _LEVELS.items() if plain in words), "")


def flow_type(kind: str, labels: list[str], own: Mapping[str, str] | None = None) -> str:
    """Feature, defect, risk or debt, by the settings' own types, else by the type, else by a label; any other is a feature."""
    told = (own or {}).get(kind)
    if told in ("feature", *_FLOW):
        return told or "feature"
    for text in (kind, *labels):
        # (A label is a name of its own: `default-theme` is no fault, `tech-debt` is debt.)
        words = {*folded(text).split(), folded(text)}
        for flow, known in _FLOW.items():
            if words & known:
                return flow
    return "feature"


def is_done(word: str) -> bool:
    """Whether a status, or its category, says that an item is over."""
    return folded(word) in _DONE or folded(_BOTH.sub("", word)) in _DONE or is_dropped(word)


def is_open(word: str) -> bool:
    """Whether a status says that an item is not over; one that is in nobody's list says neither."""
    return folded(word) in _OPEN
