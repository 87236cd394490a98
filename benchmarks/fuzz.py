"""What happens to files that somebody has broken, by hand or on purpose.

    python benchmarks/fuzz.py [--yaml 100000] [--imports 20000] [--settings 20000] [--tables 10000] [--seed 1] [--processes 2]

Each case is a good file with a few mutations: cut, doubled and swapped pieces, bytes of every kind, and what has broken readers
before. It prints for each kind how many cases raised what no reader is meant to raise, took longer than ten seconds, or lost
something that stood in the file; all have to be 0. A case that fails can be had again by its kind, seed and number.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from topology.interop import Asked, InputError, OptionError, Who, merge
from topology.interop.events import datadog, github, gitlab, jira, webhook
from topology.source import load, load_texts

SECONDS = 10
DAY = dt.date(2026, 11, 22)
NASTY = [
    b"\x00", b"\x07", b"\x1b[31m", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r\n", b"\r", b"\xe2\x80\xa8", b"\xc2\x85", b"\t", b"  ",
    b"{}", b"[]", b"{", b"}", b"[", b"]", b"'", b'"', b"`", b"#", b": ", b"- ", b"| ", b"> ", b"&a ", b"*a", b"!!python/object/apply:os.system ",
    b"!t ", b"<<: *a", b"---\n", b"...\n", b"%YAML 9.9\n", b"~", b"null", b"self", b"cls", b"__class__", b"__init__", b"constructor", b"9" * 5_000,
    b"-1", b"1e999", b"nan", b"0x7f", b"0001-01-01", b"9999-12-31", b"2026-13-45", b"2026-02-30", b"\\ud800", b"\\u0000", b"=1+1", b"@x", b"+x",
    b"# topology: ignore[TT101] because until 2026-12-31\n", b"x" * 3_000, "…é漢🙂\u202e\u200b".encode(), b",,,,", b'""', b"${HOME}", b"../", b"://",
]  # fmt: skip


class LostError(Exception):
    """Something that stood in a file is gone."""


@dataclass(frozen=True)
class Case:
    """A file, and what is done with it in a folder of its own."""

    text: bytes
    run: Callable[[bytes, Path, random.Random], None]


def mutated(text: bytes, chance: random.Random) -> bytes:
    """The text after one to five mutations."""
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((1, 2, 8, 40, 200)))
        match chance.randrange(7):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:end] * chance.choice((1, 2, 30)) + text[end:]
            case 2:
                text = text[:at] + bytes(chance.randrange(256) for _ in range(chance.randint(1, 4))) + text[at:]
            case 3:
                text = text[:at]
            case 4:
                other = chance.randrange(len(text) + 1)
                text = text[:at] + text[other : other + 60] + text[end:]
            case _:
                text = text[:at] + chance.choice(NASTY) + text[chance.choice((at, end)) :]
    return text


# -- organisation files ------------------------------------------------------------------------------------------------

ORGANISATION = b"""version: 1
organisation: {name: Lumio, leaders: {product: ann, technology: bob}}
people:
  ann: {name: Ann A, role: pm, site: Paris, accounts: {github: ann-dev}}
  bob: {reports_to: ann}  # a remark
groups:
  orders: {name: Orders, kind: value-stream}
  sub: {group: orders, x-cost: 12}
teams:
  # topology: ignore[TT701] no PM is found yet until 2026-12-31
  checkout:
    type: stream-aligned
    group: orders
    members: [ann, {person: bob, allocation: 50%, since: 2026-01-01}]
    pm: {person: ann, status: acting, since: 2026-03-01}
    em: vacant
    services: {checkout-web: {repositories: [lumio/checkout]}}
    cognitive_load: {intrinsic: 3, extraneous: 4, germane: 5, assessed: 2026-09-01}
    depends_on: [{team: platform, kind: slowing, reason: "waits, often"}]
    positions: {quality: {pm: 2, em: 4, assessed: 2026-10-01}}
    objectives: [{title: Faster, side: shared, kpi: conversion, baseline: 61%, target: "70"}]
  platform:
    {type: platform, size: 7, was: [infra]}
  search: &s
    mission: |
      Finds things

    size: 6
    WRONG
interactions:
  - {mode: collaboration, between: [checkout, search], since: 2026-09-28, until: 2026-12-01}
  - mode: x-as-a-service
    provider: platform
    consumer: [checkout, search]
  - {mode: facilitating, facilitator: platform, team: checkout}
kpis: {conversion: {name: Conversion, unit: "%", product_owner: ann, tech_owner: bob}}
roadmap: [{title: New checkout, team: checkout, category: feature, due: 2026-12-24}]
"""


SOUND = ORGANISATION.replace(b"    WRONG\n", b"")
ORGANISATION = ORGANISATION.replace(b"WRONG", b"typ: Stream-Aligned\n    since: 28/09/2026  # when we moved")
GOOD = load_texts({"squads.yaml": SOUND.decode()})
assert GOOD.organisation is not None


def organisation(text: bytes, folder: Path, chance: random.Random) -> None:
    """Reads, checks, mends and compares an organisation; nothing of a line that is not mended may change."""
    from topology.history.consequences import difference
    from topology.report.findings import Report, render
    from topology.rules import check
    from topology.rules.selection import selection
    from topology.source.comments import comments_of
    from topology.source.edit.fixes import fixed
    from topology.source.lenient import lenient
    from topology.source.settings import RuleSettings

    file = folder / "squads.yaml"
    file.write_bytes(text)
    loaded = load(file)
    lenient(loaded)
    chosen = selection(RuleSettings())
    checked = check(loaded, DAY, chosen)
    if chance.random() < 0.1:
        report = Report(checked.findings, checked.suppressed, checked.known, loaded.texts, "error", "")
        for format_ in ("full", "text", "json", "sarif", "github", "markdown"):
            render(format_, report)
    texts = dict(loaded.texts)
    after, count = fixed(texts)
    if not count and after != texts:
        raise LostError("a text changed although nothing was mended")
    for name, one in texts.items():
        if Counter(found.text for found in comments_of(one, name)) - Counter(
            found.text for found in comments_of(after[name], name)
        ):
            raise LostError("a comment is gone")
    if loaded.organisation is not None and chance.random() < 0.2:
        difference(GOOD, loaded, DAY, chosen, ("one", "other"))


# -- what other tools have saved ---------------------------------------------------------------------------------------

API = "https://api.github.com/repos/lumio/checkout"
GITHUB: list[Any] = [
    {"id": 42, "sha": "a84d", "environment": "production", "created_at": "2026-01-12T15:45:00Z", "statuses_url": f"{API}/deployments/42/statuses", "repository_url": API},
    {"id": 1, "state": "success", "created_at": "2026-01-12T15:50:00Z", "deployment_url": f"{API}/deployments/42"},
    {"number": 4, "user": {"login": "ann-dev", "type": "User"}, "created_at": "2026-01-10T09:00:00Z", "merged_at": "2026-01-12T15:40:00Z", "merge_commit_sha": "a84d", "labels": [{"name": "bug"}], "url": f"{API}/pulls/4", "base": {"repo": {"full_name": "lumio/checkout"}}, "commits": [{"authoredDate": "2026-01-10T08:00:00Z"}], "reviews": [{"author": {"login": "bob"}, "submittedAt": "2026-01-11T08:00:00Z", "state": "APPROVED"}]},
    {"number": 9, "created_at": "2026-01-13T09:00:00Z", "closed_at": None, "labels": ["incident"], "url": f"{API}/issues/9"},
    {"run_number": 3, "id": 7, "conclusion": "success", "updated_at": "2026-01-13T09:00:00Z", "head_sha": "b", "html_url": "https://github.com/lumio/checkout/runs/7"},
    {"tag_name": "v1", "published_at": "2026-01-14T09:00:00Z", "html_url": "https://github.com/lumio/checkout/releases/v1"},
]  # fmt: skip
GITLAB: list[Any] = [
    {"id": 5, "status": "success", "environment": {"name": "production"}, "sha": "c", "created_at": "2026-01-12T15:45:00Z", "deployable": {"finished_at": "2026-01-12T15:55:00Z", "pipeline": {"web_url": "https://gitlab.example/lumio/checkout/-/pipelines/1"}}},
    {"iid": 8, "merged_at": "2026-01-12T15:40:00Z", "author": {"username": "anna"}, "reviewers": [{"username": "bob"}], "labels": ["x"], "references": {"full": "lumio/checkout!8"}},
    {"iid": 2, "issue_type": "incident", "created_at": "2026-01-13T09:00:00Z", "severity": "high", "references": {"full": "lumio/checkout#2"}},
]  # fmt: skip
WEBHOOK: list[Any] = [
    {"id": "d1", "finishedDate": "2026-01-12T15:45:00Z", "startedDate": 1768232700, "result": "SUCCESS", "deploymentCommits": [{"repoUrl": "https://x.example/lumio/checkout", "commitSha": "a"}]},
    {"issueKey": "I-1", "type": "INCIDENT", "createdDate": "2026-01-12T18:00:00Z", "severity": "high"},
]  # fmt: skip
DATADOG: list[Any] = [
    {"id": "e1", "type": "dora_deployment", "attributes": {"service": "checkout-web", "finished_at": 1768232700000000000, "git": {"commit_sha": "a"}, "change_failure": True}},
    {"id": "e2", "type": "dora_failure", "attributes": {"services": ["checkout-web"], "started_at": 1768232700000000000, "severity": "high"}},
]  # fmt: skip
JIRA = (
    "Issue key,Issue Type,Created,Resolved,Status Category,Labels,Labels,Team,Priority,Start date\n"
    "CHECKOUT-1,Bug,12/Jan/26 3:45 PM,13/Jan/26 3:45 PM,Done,debt,,checkout,High,2026-01-12\n"
    "CHECKOUT-2,Story,2026-01-12 15:45,,In Progress,,,checkout,,\nCHECKOUT-3,Incident,12/janv./26 15:45,,To Do,,,,High,\n"
)
IMPORTERS: tuple[tuple[Any, bytes], ...] = (
    *((module.IMPORTER, "\n".join(map(json.dumps, objects)).encode())
      for module, objects in ((github, GITHUB), (gitlab, GITLAB), (webhook, WEBHOOK), (datadog, DATADOG))),
    (jira.IMPORTER, JIRA.encode()),
)  # fmt: skip
KNOWN = {
    "changes": '\ufeffid,service,merged_at,author,note\r\n"old, one",checkout-web,2026-01-01T10:00:00Z,ann,kept\r\ngithub:lumio/checkout#4,checkout-web,2026-01-02T10:00:00Z,,=1+1\r\n',
    "deployments": "id,service,finished_at,result,url\nold,checkout-web,2026-01-01T10:00:00Z,success,https://x.example\n",
    "incidents": "id,opened_at,service,resolved_at,severity,kind\nold,2026-01-01T10:00:00Z,checkout-web,,,incident\n",
    "work_items": "id,team,flow_type,created_at,extra\nold,checkout,debt,2026-01-01T10:00:00Z,kept\n",
}
WHO = Who(GOOD.organisation)


ODD: tuple[Any, ...] = (
    None, True, -1, 10**40, 1e308, "", "\ud800", "=1+1", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", [], {}, [None], [[]], {"name": None},
    {"self": 1}, ["x"] * 50, "x" * 3_000, "\x00\x1b[2J", "lumio/checkout", 1768232700,
)  # fmt: skip


def odd(found: Any, chance: random.Random) -> Any:
    """A value of a document with odd values here and there."""
    if chance.random() < 0.06:
        return chance.choice(ODD)
    if isinstance(found, dict):
        kept = {key: odd(value, chance) for key, value in found.items() if chance.random() > 0.04}
        return {**kept, chance.choice(list(found) or ["id"]): chance.choice(ODD)} if chance.random() < 0.1 else kept
    return [odd(one, chance) for one in found] if isinstance(found, list) else found


def imports(number: int) -> Case:
    """One importer's case."""
    importer, text = IMPORTERS[number % len(IMPORTERS)]

    def run(mutant: bytes, folder: Path, chance: random.Random) -> None:
        for name, known in KNOWN.items():
            (folder / f"{name}.csv").write_bytes(known.encode())
        source = folder / "saved"
        if importer is not jira.IMPORTER and chance.random() < 0.6:  # (of the others most are no JSON any more)
            mutant = "\n".join(json.dumps(odd(json.loads(one), chance)) for one in text.decode().splitlines()).encode()
        source.write_bytes(mutant)
        options = {one.name: one.default for one in importer.options}
        with suppress(InputError, OptionError):
            merge(importer.read(Asked((str(source),), WHO, "UTC", options)), folder)
        for name, known in KNOWN.items():
            now = (folder / f"{name}.csv").read_bytes().decode()
            before, after = _rows(known), {row["id"]: row for row in _rows(now)}
            for row in before:
                if row["id"] not in after or any(
                    value and not after[row["id"]][column] for column, value in row.items()
                ):
                    raise LostError(f"{name}: {row}")
            if now.startswith("\ufeff") != known.startswith("\ufeff"):
                raise LostError(f"{name}: the byte-order mark")

    return Case(text, run)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# -- settings ----------------------------------------------------------------------------------------------------------

SETTINGS = b"""[data]
source = "data/"
timezone = "Europe/Paris"
[delivery]
definition = "devlake"
incident_horizon_days = 7
[rules]
fail_on = "warning"
select = ["TT1", "team-too-large"]
severity = {TT101 = "error", TT2 = "off"}
thresholds = {team-too-large = 10}
[clans]
groupings = ["value-stream", "x-cost"]
windows = "quarter"
"""


def settings(text: bytes, folder: Path, _: random.Random) -> None:
    """Reads settings; the place of the events never leaves the folder."""
    from topology.rules import SelectionError
    from topology.rules.selection import selection
    from topology.source.settings import SettingsError, data_source, load_settings

    (folder / "topology.toml").write_bytes(text)
    with suppress(SettingsError, SelectionError):
        found = load_settings(folder / "squads.yaml")
        place = data_source(folder / "squads.yaml", found)
        if not isinstance(place, Path) or not place.resolve().is_relative_to(folder.resolve()):
            raise LostError(f"the events are outside: {place}")
        selection(found.rules)


# -- event tables ------------------------------------------------------------------------------------------------------

TABLES = {
    "deployments": b"id,service,finished_at,result,environment,unplanned\n1,checkout-web,2026-01-06T10:00:00Z,success,production,no\n2,checkout-web,2026-01-07 10:00,failure,,yes\n\"3\",\"a,b\",2026-01-08T10:00:00+01:00,Success,prod,\n",
    "changes": b"id,service,merged_at,author,reviewers,first_commit_at,additions\n1,checkout-web,2026-01-06T10:00:00Z,ann,bob;cid,2026-01-05T10:00:00Z,12\n2,,2026-01-07T10:00:00Z,bob,,never,1e9\n",
    "contacts": b"week,source,target,kind,weight\n2026-01-05,ann,bob,meeting,2\n2026-01-05,checkout,search,review,0.5\n",
    "rituals": b"id,team,kind,planned_at,held,product_speaking_minutes\n1,checkout,duo,2026-01-05T10:00:00Z,yes,12\n2,,executive,2026-01-06T10:00:00Z,,\n",
}  # fmt: skip


def tables(number: int) -> Case:
    """One event table's case."""
    name = list(TABLES)[number % len(TABLES)]

    def run(mutant: bytes, folder: Path, _: random.Random) -> None:
        from topology.delivery import load_events

        (folder / f"{name}.csv").write_bytes(mutant)
        events = load_events(folder, "Europe/Paris")
        (report,) = events.report.files
        if not report.error:
            kept = int(events.tables[name].count().to_pyarrow().as_py())
            if kept + report.missing_rows != report.rows:
                raise LostError(f"{report.rows} rows, {kept} kept, {report.missing_rows} left out")

    return Case(TABLES[name], run)


# -- running -----------------------------------------------------------------------------------------------------------

KINDS: dict[str, Callable[[int], Case]] = {
    "yaml": lambda _: Case(ORGANISATION, organisation),
    "imports": imports,
    "settings": lambda _: Case(SETTINGS, settings),
    "tables": tables,
}


def run(kind: str, numbers: range, seed: int) -> tuple[Counter[str], list[str]]:
    """(counts of exceptions, hangs, losses; the first few of each) of the cases of a kind."""
    counts: Counter[str] = Counter()
    told: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        for number in numbers:
            chance = random.Random(f"{kind}-{seed}-{number}")
            case, folder = KINDS[kind](number), Path(place, str(number))
            folder.mkdir()
            try:
                with _limited():
                    case.run(mutated(case.text, chance), folder, chance)
            except Exception as error:
                what = (
                    "hangs"
                    if isinstance(error, TimeoutError)
                    else "lost"
                    if isinstance(error, LostError)
                    else "exceptions"
                )
                counts[what] += 1
                if counts[what] <= 3:
                    told.append(
                        f"{kind} {number} (seed {seed}): {what}\n{''.join(traceback.format_exception(error)[-4:])}"
                    )
            finally:
                shutil.rmtree(folder)
    return counts, told


@contextmanager
def _limited() -> Iterator[None]:
    """Raises TimeoutError after ten seconds."""

    def stop(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main() -> None:
    """Runs all kinds in several processes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for kind, count in (("yaml", 100_000), ("imports", 20_000), ("settings", 20_000), ("tables", 10_000)):
        parser.add_argument(f"--{kind}", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    failed = False
    with ProcessPoolExecutor(asked.processes) as pool:
        for kind in KINDS:
            many, began = getattr(asked, kind), time.perf_counter()
            step = max(1, min(500, many // asked.processes))
            parts = [range(first, min(first + step, many)) for first in range(0, many, step)]
            counts: Counter[str] = Counter()
            told: list[str] = []
            for found, words in pool.map(run, [kind] * len(parts), parts, [asked.seed] * len(parts)):
                counts += found
                told += words
            seconds = time.perf_counter() - began
            print(
                f"{kind:>9}: {many} cases in {seconds:.0f} s: {counts['exceptions']} exceptions, {counts['hangs']} hangs, {counts['lost']} lost"
            )
            for words in told[:6]:
                print(words)
            failed = failed or bool(counts)
    sys.exit(failed)


if __name__ == "__main__":
    main()
