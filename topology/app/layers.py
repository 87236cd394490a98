"""The overlays of the map, each made from a reading."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from topology.app.overlays import TYPE, Overlay, classed
from topology.app.values import days_text, duration, percent, plain, signed
from topology.clans.standings import Standing
from topology.delivery import METRICS, Reading
from topology.maturity import LOAD_CLASSES, widest_gap
from topology.model import Organisation
from topology.rules import Finding

NAMES = {
    "type": "Team type",
    **{id_: metric.name for id_, metric in METRICS.items()},
    "duo-gap": "Duo gap (PM − EM)",
    "cognitive-load": "Cognitive load",
    "bridges": "Share of bridges",
    "missing-bridges": "Missing bridges",
    "bridges-carried": "Bridges carried",
    "findings": "Findings",
}
CLAN_LAYERS = ("bridges", "missing-bridges", "bridges-carried")
NEEDS_EVENTS = (*METRICS, *CLAN_LAYERS)


def overlay(
    id_: str,
    organisation: Organisation,
    day: dt.date,
    readings: Mapping[str, Reading],
    standings: Mapping[str, Standing],
    findings: Iterable[Finding] = (),
) -> Overlay:
    """The overlay of that name on a day; the bare map for a name that is not known."""
    if id_ in _METRIC_LAYERS:
        return _of_metric(organisation, readings[id_], _METRIC_LAYERS[id_])
    match id_:
        case "duo-gap":
            return _duo_gap(organisation, day)
        case "cognitive-load":
            return _load(organisation, day)
        case "bridges":
            return _bridges(organisation, standings)
        case "missing-bridges":
            return _missing(organisation, standings)
        case "bridges-carried":
            return _carried(organisation, standings)
        case "findings":
            return _findings(organisation, findings)
    return TYPE


def _of_metric(organisation: Organisation, reading: Reading, layer: _MetricLayer) -> Overlay:
    values = {team: reading.value(team) for team in organisation.teams}
    return classed(
        reading.metric.id,
        layer.label,
        values,
        layer.edges,
        layer.bounds,
        layer.text,
        about=layer.about,
        empty=reading.missing,
    )


def _duo_gap(organisation: Organisation, day: dt.date) -> Overlay:
    found = {id_: widest_gap(team, day) for id_, team in organisation.teams.items()}
    values = {id_: float(one.gap) if one and one.gap is not None else None for id_, one in found.items()}
    return classed(
        "duo-gap", "Duo gap", values, (-1.5, -0.5, 0.5, 1.5),
        ("EM higher by 2 or more", "EM higher by 1", "same level", "PM higher by 1", "PM higher by 2 or more"), signed,
        scale="diverging", empty="no data: no PM and EM have both signed a position (`positions:` of a team)",
        about="The PM's signed level minus the EM's, on the dimension where they are furthest apart.",
    )  # fmt: skip


def _load(organisation: Organisation, day: dt.date) -> Overlay:
    values = {
        id_: float(team.cognitive_load.total)
        if team.cognitive_load and (team.cognitive_load.assessed is None or team.cognitive_load.assessed <= day) else None
        for id_, team in organisation.teams.items()
    }  # fmt: skip
    return classed(
        "cognitive-load", "Cognitive load", values, LOAD_CLASSES,
        ("3–11", "12–15", "16–19", "20–23", "24–30"), lambda value: f"{value:.0f}",
        about="The team's own assessment: intrinsic + extraneous + germane load, 3 to 30.",
        empty="no data: no team has assessed its load (`cognitive_load:` of a team)",
    )  # fmt: skip


_NO_CONTACT = "no data: there is no table contacts, or no contact in these weeks reaches the floor"


def _bridges(organisation: Organisation, standings: Mapping[str, Standing]) -> Overlay:
    known = {id_: one for id_, one in standings.items() if one.ties}
    laid = classed(
        "bridges", "Share of bridges",
        {id_: known[id_].across / known[id_].ties if id_ in known else None for id_ in organisation.teams}, (0.2, 0.4, 0.6, 0.8),
        ("under 20 %", "20–39 %", "40–59 %", "60–79 %", "80 % and over"), percent,
        about="Of the squads with which a squad was seen in contact (at least 3 events in 4 weeks), the share of other value streams.",
        empty=_NO_CONTACT,
    )  # fmt: skip
    return replace(laid, counts={id_: f"{one.across} of {one.ties} teams" for id_, one in known.items()})


def _missing(organisation: Organisation, standings: Mapping[str, Standing]) -> Overlay:
    laid = classed(
        "missing-bridges", "Missing bridges",
        {id_: float(len(standings[id_].missing)) if id_ in standings else None for id_ in organisation.teams}, (1, 2, 3, 4),
        ("none", "1", "2", "3", "4 and over"), plain,
        about="Teams of other value streams that a team's work needs, or that need it, with fewer than 3 events of contact in 4 weeks. "
        "Teams outside the value streams, or under five people, have no value.",
        empty=_NO_CONTACT,
    )  # fmt: skip
    names = {id_: ", ".join(organisation.team_name(team) for team in one.missing) for id_, one in standings.items()}
    return replace(laid, counts={id_: text for id_, text in names.items() if text})


def _carried(organisation: Organisation, standings: Mapping[str, Standing]) -> Overlay:
    laid = classed(
        "bridges-carried", "Bridges carried",
        {id_: standings[id_].share if id_ in standings else None for id_ in organisation.teams}, (0.1, 0.2, 0.3, 0.5),
        ("under 10 %", "10–19 %", "20–29 %", "30–49 %", "50 % and over"), percent,
        about="Of all bridges between value streams, those that a team takes part in. When it is busy, they are at risk.",
        empty=_NO_CONTACT,
    )  # fmt: skip
    return replace(laid, counts={id_: f"{one.across} bridges" for id_, one in standings.items()})


def _findings(organisation: Organisation, findings: Iterable[Finding]) -> Overlay:
    found = by_team(findings)
    values: dict[str, float | None] = {}
    texts: dict[str, str] = {}
    for id_ in organisation.teams:
        severities = Counter(one.severity for one in found.get(id_, ()))
        grave = severities["error"] + severities["warning"]
        values[id_] = 4 if severities["error"] else min(3, 1 + grave) if grave else 1 if severities["info"] else 0
        texts[id_] = f"{grave}!" if severities["error"] else str(grave)
    laid = classed(
        "findings", "Findings", values, (1, 2, 3, 4),
        ("none", "info only", "1 warning", "2 warnings or more", "an error (!)"), lambda value: f"{value:.0f}",
        about="Errors and warnings of `topology check` about the team. What holds for most teams is one finding about the "
        "organisation and not counted here.",
    )  # fmt: skip
    return replace(laid, texts=texts)


def by_team(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """{team: its findings, in their order}."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        for team in one.teams:
            found.setdefault(team, []).append(one)
    return found


@dataclass(frozen=True)
class _MetricLayer:
    """How a delivery metric is laid over the map: four edges between five classes, their words, and a value as text."""

    label: str
    edges: tuple[float, float, float, float]
    bounds: tuple[str, ...]
    text: Callable[[float], str]
    about: str


_HOURS = (
    (1, 24, 168, 730),
    ("under 1 hour", "1 hour to 1 day", "1 day to 1 week", "1 week to 1 month", "over 1 month"),
    duration,
)
_FAILS = (0.05, 0.10, 0.15, 0.30), ("under 5 %", "5–9 %", "10–14 %", "15–29 %", "30 % and over"), percent
_SHARES = (0.25, 0.5, 0.75, 0.9), ("under 25 %", "25–49 %", "50–74 %", "75–89 %", "90 % and over"), percent
_METRIC_LAYERS = {
    "deployment-frequency": _MetricLayer(
        # One a month and one a week are edges of the DORA survey's own bands; two and five divide what lies above.
        "Deployments per week", (12 / 52, 1, 2, 5),
        ("under 1 a month", "1 a month or more", "1 a week or more", "2 a week or more", "5 a week or more"),
        plain,
        "Successful production deployments per week: the median of the last 12 whole weeks, weeks with none included.",
    ),
    "change-lead-time": _MetricLayer(
        "Change lead time", *_HOURS, "From the first commit to production: the median of the changes deployed in the last 12 whole weeks."
    ),
    "change-fail-rate": _MetricLayer(
        "Change fail rate", *_FAILS,
        "Deployments that failed, were rolled back or have a linked incident ÷ deployments of the last 12 whole weeks.",
    ),
    "failed-deployment-recovery-time": _MetricLayer(
        "Recovery time", *_HOURS,
        "From the opening of an incident that a deployment caused until it was resolved: the median of the last 12 whole weeks. "
        "Open incidents are not in it.",
    ),
    "deployment-rework-rate": _MetricLayer(
        "Deployment rework rate", *_FAILS,
        "Deployments that were not planned, but made to mend something ÷ deployments of the last 12 whole weeks.",
    ),
    "tech-investment-share": _MetricLayer(
        "Tech-investment share", (0.1, 0.2, 0.3, 0.4), ("under 10 %", "10–19 %", "20–29 %", "30–39 %", "40 % and over"), percent,
        "Of the work items done in the last 12 whole weeks, those that are risk or debt. More is not better: squads have targets.",
    ),
    "flow-time": _MetricLayer(
        "Flow time", (1, 3, 7, 14), ("under 1 day", "1 to 3 days", "3 days to 1 week", "1 to 2 weeks", "2 weeks and over"), days_text,
        "From the start of a work item until it was done: the median of the items done in the last 12 whole weeks.",
    ),
    "time-to-restore": _MetricLayer(
        "Time to restore", *_HOURS, "From the opening of any incident until it was resolved: the median of the last 12 whole weeks."
    ),
    "flow-load": _MetricLayer(
        "Flow load", (2, 4, 7, 11), ("under 2", "2–3", "4–6", "7–10", "11 and over"), plain,
        "Work items that were started and not done at the end of the last whole week.",
    ),
    "bug-trend": _MetricLayer(
        "Open bugs", (1, 2, 4, 8), ("none", "1", "2–3", "4–7", "8 and over"), plain,
        "Incidents of the kind bug and work items of the type defect that are open at the end of the last whole week.",
    ),
    "release-success-rate": _MetricLayer(
        "Release success", (0.7, 0.85, 0.9, 0.95), ("under 70 %", "70–84 %", "85–89 %", "90–94 %", "95 % and over"), percent,
        "1 − change fail rate, over the last 12 whole weeks.",
    ),
    "cross-changes": _MetricLayer(
        "From other teams", (0.02, 0.05, 0.1, 0.25), ("under 2 %", "2–4 %", "5–9 %", "10–24 %", "25 % and over"), percent,
        "Changes in the team's services that people of other teams made ÷ those with a known author, of the last 12 whole weeks.",
    ),
    "rituals-held": _MetricLayer("Rituals held", *_SHARES, "Rituals held ÷ rituals planned for the last 12 whole weeks."),
    "both-sides-present": _MetricLayer(
        "Both sides present", *_SHARES, "Rituals with Product and Tech present ÷ rituals held in the last 12 whole weeks."
    ),
    "speaking-balance": _MetricLayer(
        "Speaking balance", (0.25, 0.5, 0.75, 0.9), ("under 0.25", "0.25–0.49", "0.5–0.74", "0.75–0.89", "0.9 and over"),
        lambda value: f"{value:.2f}", "1 when Product and Tech speak as much in their rituals, 0 when one side speaks alone.",
    ),
    "decisions-by-both": _MetricLayer(
        "Decisions by both", *_SHARES, "Decisions that Product and Tech presented together ÷ decisions of the last 12 whole weeks."
    ),
    "engineers-met-users": _MetricLayer(
        "With engineers", *_SHARES, "User interviews with at least one engineer ÷ user interviews of the last 12 whole weeks."
    ),
    "showcases": _MetricLayer(
        "Showcases", (1, 2, 3, 4), ("none", "1", "2", "3", "4 and over"), plain,
        "Technical results that the team showed to the business in the last 12 whole weeks.",
    ),
    "delay-slip": _MetricLayer(
        "Slip of delays", (1, 7, 14, 30), ("under 1 day", "1 to 6 days", "1 to 2 weeks", "2 to 4 weeks", "30 days and over"), days_text,
        "Days from planned to actual, of what was planned for the last 12 whole weeks and came late: the median.",
    ),
    "post-mortem-share": _MetricLayer(
        "Post-mortems", *_SHARES, "Incidents and delays of the last 12 whole weeks that have a post-mortem ÷ all of them."
    ),
    "post-mortem-actions-done": _MetricLayer(
        "Actions done", *_SHARES, "Actions of post-mortems that are done ÷ all of them, for incidents and delays of the last 12 weeks."
    ),
}  # fmt: skip


def about(metric: str) -> str:
    """One plain sentence: what the metric says and how it is counted by default."""
    return _METRIC_LAYERS[metric].about
