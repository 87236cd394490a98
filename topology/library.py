"""The library: what a notebook, a script or another tool imports. `import topology` gives these names (docs/library.md).

A `Workspace` answers in typed values, pandas DataFrames and networkx graphs; its columns and attributes are named at each method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from topology.extras import naming_its_extra
from topology.model import Organisation
from topology.rules import Finding
from topology.source import OrganisationError
from topology.source import load as load_files
from topology.source.address import named_source
from topology.workspace import Workspace as Core
from topology.writing import write_file

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from topology.clans.gathered import Clans
    from topology.delivery import By
    from topology.history.consequences import Difference

MOST_WEEKS = 520  # ten years
FIRST_DAY, LAST_DAY = dt.date(1970, 1, 1), dt.date(2099, 12, 31)

Day = dt.date | str
"""A day: a date (of a datetime the day), or its ISO text, `2026-11-22`."""
Network = Literal["declared", "needed", "observed", "cross-changes"]
RawChange = (
    tuple[str, str | tuple[str | int, ...]] | tuple[str, str | tuple[str | int, ...], Any] | tuple[str, str, str, str]
)
"""("set", PATH, value), ("add", PATH, value), ("remove", PATH) or ("rename", SECTION, old id, new id). A PATH is the keys from the
top, `("teams", "checkout", "type")`, or the same with dots, `"teams.checkout.type"`."""
Change = RawChange | Mapping[str, Any]
"""A raw change of the text, or an operation of a draft: `{"verb": "move", "args": {"team": …, "group": …}}` (docs/what-if.md)."""


def open_workspace(
    path: str | Path = "squads.yaml", data: str | Path | None = None, *, timezone: str | None = None, today: Day | None = None
) -> Workspace:  # fmt: skip
    """The organisation at a path, a YAML file or a folder of them, with its events.

    `data` is a folder of event tables, a DuckDB file or a warehouse's URL, by default what topology.toml says, else `data/` beside
    the file; `today` is the day from which nothing newer is looked at. Raises OrganisationError, with every problem and its place,
    SettingsError, AddressError for an address that is not taken, and FileNotFoundError for data that are named and are not there.
    """
    day = _day(today) or dt.datetime.now(dt.UTC).astimezone().date()
    source = None if data is None else named_source(data)
    if isinstance(source, Path) and not source.exists():
        raise FileNotFoundError(f"there is no folder or file {data} of event tables")
    return Workspace.open(Path(path), day, data=source, timezone=timezone).readable()


def load(path: str | Path) -> Organisation:
    """The organisation of a YAML file or a folder of them, without settings and events. Raises OrganisationError."""
    loaded = load_files(Path(path))
    if loaded.organisation is None:
        raise OrganisationError(loaded)
    return loaded.organisation


@dataclass(frozen=True)
class Map:
    """The team map as a picture: a notebook shows it, `save` writes it."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, file: str | Path) -> Path:
        """Writes it as SVG, or as PNG by the file's ending. Raises ValueError for another ending."""
        target = Path(file)
        if target.suffix == ".svg":
            write_file(target, self.svg)
        elif target.suffix == ".png":
            write_file(target, _png(self.svg))
        else:
            raise ValueError(f"{target.name}: a map is saved as .svg or .png")
        return target


@dataclass(frozen=True)
class WhatIf:
    """What would follow from a change of the file: nothing is written."""

    difference: Difference
    """What changed, what follows for the touched teams, findings that come and go."""
    patch: str
    """The change as a patch that `git apply` takes at the top of the repository (of the organisation's folder where there is none)."""
    workspace: Workspace
    """The organisation as it would be, on the same events."""


@dataclass(frozen=True, eq=False)
class Workspace(Core):
    """One organisation with its events. Days, a date or its ISO text, default to the last one with data; today where there is none.

    What needs a library that is not installed raises MissingExtraError, which says how to install it. The file alone (`findings`,
    `difference`, `what_if`) needs none; without `[data]` its day is today.
    """

    def readable(self) -> Self:
        """Itself. Raises OrganisationError, at once and not at the first question, where the files cannot be read."""
        if self.loaded.organisation is None:
            raise OrganisationError(self.loaded)
        return self

    @property
    def day(self) -> dt.date:
        """The day that is looked at where none is named."""
        return _last_day(self)

    @property
    def _day_of_file(self) -> dt.date:
        """The same for questions to the file alone, which an installation without the event tables' libraries can answer."""
        return self.day if find_spec("ibis") else self.today

    def findings(self, day: Day | None = None, *, with_data: bool = False) -> list[Finding]:
        """What the rules find on a day, by place; `with_data`, those on clans too."""
        return list(self.checked(_day(day) or self._day_of_file, with_data=with_data).each)

    @naming_its_extra
    def metrics(
        self, metric: str, *, every: Literal["window", "week"] = "window", by: By = "team", weeks: int = 12,
        day: Day | None = None, definition: str = "",
    ) -> pd.DataFrame:  # fmt: skip
        """A metric of each team (grouping, or of the organisation) in the whole weeks up to a day, in the order of the file.

        Columns: `by` (`team`, `group` or `organisation`: the id), `name`, `from` and `to` (days), `value` (NaN: no data, which is
        not 0), `n` (what it was counted from), `low` and `high` (the 95 % interval of a rate), and the metric's parts. By week, a
        team has a row for each week with a value. `attrs` has `unit`, `formula` and, where nobody has a number, `missing`. Raises
        ValueError for a metric, definition, `by`, `every`, `weeks` or day that there is not.
        """
        import pandas as pd

        from topology.delivery import DEFINITIONS, METRICS, whole_weeks
        from topology.view.delivery import units_of
        from topology.words.delivery import why_nothing

        _one_of("metric", metric, METRICS)
        _one_of("definition", definition, ("", *DEFINITIONS))
        _one_of("by", by, ("team", "group", "organisation"))
        _one_of("every", every, ("window", "week"))
        if not 1 <= weeks <= MOST_WEEKS:
            raise ValueError(f"weeks is {weeks}; a window has 1 to {MOST_WEEKS}")
        on = _day(day) or self.day
        reading = self.reading(metric, self.scope(on, by, definition, weeks=whole_weeks(on, weeks)))
        rows = []
        for id_, name in units_of(self.organisation, by, on).items():
            found = reading.weekly.get(id_, []) if every == "week" else [reading.headline.get(id_, {})]
            for row in found:
                first = row.get("week", reading.weeks[0])
                last = (row["week"] if every == "week" else reading.weeks[-1]) + dt.timedelta(days=6)
                rows.append({by: id_, "name": name, "from": first, "to": last, **row})
        columns = [by, "name", "from", "to", "value", "n", "low", "high", *METRICS[metric].parts]
        table = pd.DataFrame([{name: row.get(name) for name in columns} for row in rows], columns=columns)
        table = table.astype({"value": "float64", "n": "Int64", "low": "float64", "high": "float64"})
        table.attrs = {
            "unit": str(reading.unit),
            "formula": str(reading.formula),
            "missing": why_nothing(reading),
            "withheld": sorted(reading.withheld),
        }
        return table

    @naming_its_extra
    def network(self, layer: Network = "declared", day: Day | None = None) -> nx.Graph[str]:
        """The teams of a day as a networkx graph.

        Nodes are team ids, with `name`, `type`, `value_stream`, `site` and `size`. Edges of "declared": teams that work closely by
        the file; of "needed": pairs whose work needs the other, with `reasons`; of "observed" and "cross-changes": pairs that were
        seen in contact in the window, with `events` and `weight` (corrected for size), none of teams known to be under five people.
        Raises ValueError for another layer. The graph is the caller's own.
        """
        from topology.clans.ties import KINDS

        window = self.window(_day(day) or self.day)
        if layer == "declared":
            return window.close.copy()
        if layer == "needed":
            return window.needed.copy()
        _one_of("layer", layer, ("declared", "needed", *KINDS))
        return window.talks(KINDS[layer]).copy()

    @naming_its_extra
    def clans(self, day: Day | None = None) -> Clans:
        """The clan readings of a day, and the pairs of teams."""
        return super().clans(_day(day) or self.day)

    @naming_its_extra
    def map(
        self, overlay: str = "type", day: Day | None = None, *, selected: str | None = None, width: float = 1280,
        theme: Literal["light", "dark"] = "light",
    ) -> Map:  # fmt: skip
        """The team map of a day with an overlay. Raises ValueError for an overlay, team, width or theme that there is not."""
        from topology.view.map import Sheet, map_of
        from topology.view.overlays import overlay as laid
        from topology.view.overlays import overlays
        from topology.view.palette import PALETTES
        from topology.view.teammap.svg import Look

        _one_of("overlay", overlay.partition(":")[0], overlays())
        _one_of("theme", theme, PALETTES)
        _one_of("team", selected or "", ("", *self.organisation.teams))
        if not 200 <= width <= 8000:
            raise ValueError(f"width is {width}; a map is 200 to 8000 wide")
        on = _day(day) or self.day
        title = f"Team map of {self.organisation.title} on {on}"
        look = Look(PALETTES[theme], laid(overlay, self, on), selected, title=title)
        return Map(map_of(self, on, Sheet(width), look))

    def difference(self, other: Core | str | Path, day: Day | None = None) -> Difference:
        """What changed from another version (a workspace, a file or a folder) to this one, judged on one day. Raises OrganisationError
        where one of the two cannot be read."""
        from topology.history.consequences import difference

        before = other.loaded if isinstance(other, Core) else load_files(Path(other))
        for one in (before, self.loaded):
            if one.organisation is None:
                raise OrganisationError(one)
        return difference(before, self.loaded, _day(day) or self._day_of_file, self.selection)

    def what_if(self, changes: Sequence[Change], day: Day | None = None) -> WhatIf:
        """What would follow from changes of the file, as `topology what-if` and the map's drafts say it. Raises EditError for one that
        cannot be made, OrganisationError where the result is no organisation, OperationError for what is no operation."""
        from topology.planning.base import base_of
        from topology.planning.plan import judging_day
        from topology.planning.pull_request import patch_between
        from topology.source import load_texts

        before = base_of(self.loaded, self.path)
        texts = before.texts
        for change in changes:
            texts = _changed(texts, change)
        after = self.with_loaded(load_texts(texts)).readable()
        on = judging_day(
            _day(day) or self._day_of_file, [one.get("args") for one in changes if isinstance(one, Mapping)]
        )
        found = after.difference(self.with_loaded(before), on)
        return WhatIf(found, patch_between(before.texts, texts, self.path), after)


@naming_its_extra
def _last_day(workspace: Core) -> dt.date:
    return workspace.last_day


@naming_its_extra
def _png(svg: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg))


def _day(day: Day | None) -> dt.date | None:
    """The day that is meant. Raises ValueError for what is none, or lies outside 1970 to 2099."""
    found = dt.date.fromisoformat(day) if isinstance(day, str) else day
    if isinstance(found, dt.datetime):
        found = found.date()
    if found is not None and not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(f"{found} is outside {FIRST_DAY} to {LAST_DAY}")
    return found


def _one_of(what: str, value: str, known: Iterable[str]) -> None:
    """Raises ValueError where there is no such value, with those that there are."""
    if value not in (there := list(known)):
        raise ValueError(f"there is no {what} `{value}`; there are {', '.join(filter(None, there))}")


def _changed(texts: dict[str, str], change: Change) -> dict[str, str]:
    from topology.source.edit import EditError, add, remove, rename_id, set_value

    if isinstance(change, Mapping):
        return _operated(texts, change)
    match change:
        case ("set", path, value):
            edit = set_value(texts, _path(path), value)
        case ("add", path, value):
            edit = add(texts, _path(path), value)
        case ("remove", path):
            edit = remove(texts, _path(path))
        case ("rename", str(section), str(old), str(new)):
            edit = rename_id(texts, section, old, new)
        case _:
            raise EditError(f"{change!r} is no change: it begins with set, add, remove or rename")
    return edit.apply(texts)


def _operated(texts: dict[str, str], change: Mapping[str, Any]) -> dict[str, str]:
    """The texts after an operation of a draft."""
    from topology.planning.editor import Editor
    from topology.planning.operation import Operation

    operation = Operation.of_data(dict(change))
    editor = Editor(texts)
    operation.of.write(editor, operation.typed)
    return editor.texts


def _path(path: str | tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The keys of a path that is written with dots; digits index a list."""
    if not isinstance(path, str):
        return path
    return tuple(int(part) if part.isdigit() else part for part in path.split("."))
