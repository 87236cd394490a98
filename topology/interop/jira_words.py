"""What Jira calls its columns, types and states in English, French, German, Spanish, Italian, Portuguese, Dutch and Polish."""

from __future__ import annotations

import re
from collections.abc import Mapping

from topology.delivery.resolutions import DROPPED
from topology.interop.dates import folded

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

LEVELS = {
    "sub-task": "sub-task|subtask|sub task|sous-tâche|unteraufgabe|teilaufgabe|subtarea|sottotask|sotto-attività|sottoattività|subtarefa|"
    "subtaak|podzadanie",
    "epic": "epic|épopée|epos|épica|épico|epica|epik|epiek",
}  # fmt: skip
INCIDENT = (
    "incident|system incident|incident system|störung|vorfall|incidente|incidencia crítica|incydent|storing|awaria"
)
DONE = (
    "done|closed|resolved|complete|completed|finished|terminé|terminée|fini|fermé|fermée|résolu|résolue|clos|close|fertig|erledigt|geschlossen|"
    "gelöst|abgeschlossen|listo|hecho|hecha|cerrado|cerrada|resuelto|resuelta|finalizado|finalizada|terminado|terminada|completato|completata|"
    "chiuso|chiusa|risolto|risolta|fatto|concluído|concluída|concluido|fechado|fechada|resolvido|resolvida|feito|gereed|klaar|gesloten|opgelost|"
    "voltooid|afgerond|gotowe|ukończone|ukończono|zamknięte|zamknięty|rozwiązane|rozwiązany|zakończone|zrobione"
)  # fmt: skip
FLOW_TYPES = {
    "defect": "bug|bugs|defect|fault|fehler|anomalie|error|errore|erro|fout|błąd|defecto|difetto|defeito|defekt|bogue",
    "risk": "risk|security|vulnerability|compliance|risque|sécurité|vulnérabilité|risiko|sicherheit|schwachstelle|riesgo|seguridad|"
    "vulnerabilidad|rischio|sicurezza|risco|segurança|risico|beveiliging|ryzyko|bezpieczeństwo",
    "debt": "debt|refactor|refactoring|maintenance|chore|technical|dette|technique|schulden|schuld|wartung|technische|deuda|técnica|"
    "mantenimiento|debito|tecnico|manutenzione|dívida|manutenção|onderhoud|dług|techniczny",
}  # fmt: skip
_DROPPED = frozenset(map(folded, DROPPED))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, text.split("|")))


_LEVELS = {level: _words(text) for level, text in LEVELS.items()}
_INCIDENT, _DONE = _words(INCIDENT), _words(DONE)
_FLOW = {flow: _words(text) for flow, text in FLOW_TYPES.items()}


def header(name: str) -> str:
    """A header without capitals, accents and the words around a custom field: `Custom field (Team)` is `team`."""
    plain = folded(name)
    match = _CUSTOM.fullmatch(plain)
    return match[1] if match else plain


def level_of(kind: str, own: Mapping[str, str]) -> str:
    """sub-task, epic or incident, by the settings' own types, else by the type's name; "" for a story of any kind."""
    told = own.get(kind)
    if told is not None:
        return told if told in (*_LEVELS, "incident") else ""
    plain = folded(kind)
    if plain in _INCIDENT:
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
    return folded(word) in _DONE or is_dropped(word)


def is_dropped(word: str) -> bool:
    """Whether a status or resolution says that an item was closed without being done."""
    return folded(word) in _DROPPED
