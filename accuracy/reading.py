"""How well are real documents read that nobody tuned for? Every typed value against what is read.

    python -m accuracy.reading [--half working|kept] [--only f] [--list] [--write] [--check]

Each filled value of `accuracy/readings` is right, doubted (wrong, and the reading says so), told
(it stands among the lines that the reading calls unread), refused (no form was found) or silent.
A right value that is doubted is a needless doubt; a value that was read without a doubt where the text
has none is extra, and as wrong as a silent one. `--list` prints what is wrong (never of the kept
half, which nobody may look at); `--only` measures the texts alone whose name begins so; `--write`
renews docs/readings.md; `--check` tells whether its figures of the working half are those of today.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from kaoji.core.declaration_json import Data
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reader import read_document
from kaoji.documents.reading_json import reading_as_data

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).parent / "readings"
PAGE = ROOT / "docs" / "readings.md"

_HEAD = ("year", "project_name", "project_category", "department", "implementing_unit", "start_date", "end_date", "overall_goal", "annual_goal")  # fmt: skip
_FUNDS = ("total", "fiscal", "other", "annual_total", "annual_fiscal", "annual_carryover", "annual_other")  # fmt: skip
_ROW = ("level1", "level2", "target_raw", "weight")
_WITHOUT_SEPARATORS = re.compile(r"squash|shuffl|jumbl|ocr|joined")
_FEWEST_SIGNS = 4
# What became of a value. The silent ones are wrong, and nothing says so.
OUTCOMES = ("right", "needless", "doubted", "told", "refused", "silent", "extra")
SILENT = ("silent", "extra")
KINDS = ("some separator is left", "none is left, or the order is lost")


@dataclass
class Tally:
    """How many values became what, and which of them went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in the values of another document."""
        self.counts += other.counts
        self.wrong += other.wrong

    def share(self, *outcomes: str) -> float:
        """The share of all values that became one of these."""
        total = sum(self.counts[name] for name in OUTCOMES)
        return sum(self.counts[name] for name in outcomes) / total if total else 0.0

    @property
    def undoubted(self) -> float:
        """Of the values that were read without a doubt, the share that is right."""
        read = self.counts["right"] + sum(self.counts[name] for name in SILENT)
        return self.counts["right"] / read if read else 1.0


def measure(half: str, only: str = "") -> dict[str, Tally]:
    """A tally for each document of a half whose name begins with *only*, by its name."""
    golds = sorted((FOLDER / half).glob(f"{only}*.gold.json"))
    return {path.name.removesuffix(".gold.json"): _measured(path) for path in golds}


def _measured(path: Path) -> Tally:
    gold: list[Data] = json.loads(path.read_text("utf-8"))
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_bytes()
    try:
        reading = reading_as_data(read_document(text, name="a.txt"))
    except UnreadableDocument:
        reading = {"forms": [], "problems": []}
    told = _plain("".join(str(problem["reason"]) for problem in reading["problems"]))
    lines = text.decode("utf-8", errors="replace").split("\n")
    for problem in reading["problems"]:
        line = problem["origin"].get("line")
        told += _plain(lines[line - 1]) if line and line <= len(lines) else ""
    tally = Tally()
    for wanted, read in _paired(gold, reading["forms"]):
        for name, value, outcome in _outcomes(wanted, read, told):
            tally.counts[outcome] += 1
            if outcome not in {"right", "needless"}:
                tally.wrong.append(f"{outcome}: {name} {str(value)[:40]}")
    return tally


def _paired(gold: list[Data], forms: list[Data]) -> Iterator[tuple[Data | None, Data | None]]:
    """Each typed form with the one that was read for it, by name, else by its indicators; then what is left over."""
    left = list(forms)
    for wanted in gold:
        names = {_plain(row["level3"]) for row in wanted.get("indicators", [])}

        def alike(
            form: Data, wanted: Data = wanted, names: set[str] = names
        ) -> tuple[bool, int]:
            same = _plain(form["project_name"]) == _plain(wanted.get("project_name")) != ""
            return same, len(names & {_plain(row["level3"]) for row in form["indicators"]})

        best = max(left, key=alike, default=None)
        if best is not None and (any(alike(best)) or len(gold) == 1):
            left.remove(best)
        else:
            best = None
        yield wanted, best
    yield from ((None, form) for form in left)


def doubted_fields(read: Data | None) -> set[str]:
    """The paths that a form doubts."""
    return {doubt["field"] for doubt in read["doubts"]} if read else set()


def _outcomes(
    wanted: Data | None, read: Data | None, told: str
) -> Iterator[tuple[str, Any, str]]:
    """What became of every filled value of a form, and what was read beside them."""
    doubted = doubted_fields(read)
    rows = list(read["indicators"]) if read else []
    if wanted is not None:
        yield from _of_typed(wanted, read, rows, doubted, told)
    if read is not None and "form" not in doubted:
        yield from _extra(wanted, read, rows, doubted)


def _of_typed(
    wanted: Data, read: Data | None, rows: list[Data], doubted: set[str], told: str
) -> Iterator[tuple[str, Any, str]]:
    for name in _HEAD:
        if wanted.get(name) is not None:
            yield name, wanted[name], _outcome(wanted[name], read and read.get(name), name, doubted, told, read)  # fmt: skip
    for name in _FUNDS:
        value = (wanted.get("funds") or {}).get(name)
        if value is not None:
            path = f"funds.{name}"
            yield path, value, _outcome(value, read and _money(read, name), path, doubted | _budget(doubted), told, read)  # fmt: skip
    for row in wanted.get("indicators", []):
        yield from _of_row(row, rows, read, told)


def _extra(
    wanted: Data | None, read: Data, rows: list[Data], doubted: set[str]
) -> Iterator[tuple[str, Any, str]]:
    """Values read without a doubt where the text has none: typed as empty, or in *rows* nobody typed.

    What the typed form does not name at all was left open.
    """
    typed = (
        dict.fromkeys(_HEAD) | {"funds": dict.fromkeys(_FUNDS)} if wanted is None else wanted
    )
    for name in _HEAD:
        if typed.get(name, "") is None and read.get(name) and name not in doubted:
            yield name, read[name], "extra"
    funds = typed.get("funds") or {}
    for name in _FUNDS:
        value = read["funds"].get(name)
        if funds.get(name, "") is None and value is not None and f"funds.{name}" not in doubted:
            yield f"funds.{name}", value, "extra"
    for row in rows:
        if not row["doubts"]:
            filled = [name for name in ("level3", *_ROW) if row.get(name) is not None]
            yield from ((f"row.{name}", row[name], "extra") for name in filled)


def _of_row(
    row: Data, rows: list[Data], read: Data | None, told: str
) -> Iterator[tuple[str, Any, str]]:
    same = [item for item in rows if _plain(item["level3"]) == _plain(row["level3"])]
    found = next((item for item in same if _plain(item["target_raw"]) == _plain(row.get("target_raw"))), None)  # fmt: skip
    found = found or (same[0] if same else None)
    filled = [name for name in _ROW if row.get(name) is not None]
    if found is None:
        read_rows = read["indicators"] if read else []
        none_read = not read_rows and "indicators" in doubted_fields(read)
        near = none_read or any(
            _is_in_doubted(row, item, whole=item in rows) for item in read_rows
        )
        outcome = "refused" if read is None else "told" if _plain(row["level3"]) in told else "doubted" if near else "silent"  # fmt: skip
        yield from ((f"row.{name}", row["level3"], outcome) for name in ["level3", *filled])
        return
    rows.remove(found)
    doubted = {doubt["field"].rsplit(".", 1)[-1] for doubt in found["doubts"]}
    yield "row.level3", row["level3"], "needless" if "level3" in doubted else "right"
    for name in filled:
        value = found.get(name)
        if _same(row[name], value):
            yield f"row.{name}", row[name], "needless" if name in doubted else "right"
        else:
            yield f"row.{name}", row[name], "doubted" if doubted else "silent"
    for name in _ROW:
        if row.get(name, "") is None and found.get(name) is not None and not doubted:
            yield f"row.{name}", found[name], "extra"


def _is_in_doubted(wanted: Data, item: Data, *, whole: bool) -> bool:
    """Does most of a name stand in a doubted row; in one that was read for another, in its target?

    A class that holds the name tells nobody that a row is lost: names and values are looked at alone.
    """
    name = _plain(wanted["level3"])
    text = _plain(
        f"{item['level3'] or ''}{item['target_raw'] or ''}" if whole else item["target_raw"]
    )
    same = SequenceMatcher(None, name, text, autojunk=False).find_longest_match().size
    most = same * 2 >= len(name) and same >= min(len(name), _FEWEST_SIGNS)
    return bool(item["doubts"]) and most


def _outcome(
    value: Any, read: Any, path: str, doubted: set[str], told: str, form: Data | None
) -> str:
    if form is None:
        return "refused"
    is_doubted = bool({path, "form"} & doubted)
    if _same(value, read):
        return "needless" if is_doubted else "right"
    if is_doubted:
        return "doubted"
    return "told" if len(_plain(value)) > 1 and _plain(value) in told else "silent"


def _money(form: Data, name: str) -> Any:
    """An amount of the head; in a self-evaluation the budget of its line."""
    value = form["funds"].get(name)
    if value is not None or not name.startswith("annual_") or "budget" not in form:
        return value
    line = name.removeprefix("annual_")
    lines = form.get("budget_lines") or {}
    read = form["budget"] if line == "total" else lines.get(line)
    return (read or {}).get("adjusted") or (read or {}).get("initial")


def _budget(doubted: set[str]) -> set[str]:
    """Doubts about a line of the budget are doubts about the year's amounts."""
    lines = {path.split(".")[1] for path in doubted if path.startswith("budget.")}
    return {f"funds.annual_{line}" for line in lines}


def _plain(value: Any) -> str:
    return "" if value is None else re.sub(r"\s+", "", str(value))


def _same(one: Any, other: Any) -> bool:
    try:
        return Decimal(str(one).replace(",", "")) == Decimal(str(other).replace(",", ""))
    except InvalidOperation:
        return _plain(one) == _plain(other)


def by_kind(tallies: dict[str, Tally]) -> dict[str, Tally]:
    """The tallies of the documents with and without separators, and of all."""
    found = {name: Tally() for name in (*KINDS, "all")}
    for name, tally in tallies.items():
        found[KINDS[bool(_WITHOUT_SEPARATORS.search(name))]].add(tally)
        found["all"].add(tally)
    return found


_PREFACE = """\
# How well real documents are read

Written by `python -m accuracy.reading --write` on {day}. {count} texts of forms that public bodies across China published
(`accuracy/readings`), as copying, PDF extraction and spreadsheets left them; every filled value was typed by reading the text.
The reader was improved with the *working* half at hand; the *kept* half is measured only (what `accuracy/readings/README.md` says of some
of its texts).

*Doubted*: wrong, and the reading doubts it. *Told*: not read, and named among what was not read. *Refused*: no form was found.
*Silent*: wrong without a word, *extra* ones among them: read without a doubt where the text has no such value. *Needless*: right and yet doubted. *Undoubted*: of what was read without a doubt, the share that is right.

| half | texts | values | right | doubted | told | refused | silent | of them extra | needless | undoubted |
|---|---|---|---|---|---|---|---|---|---|---|
{rows}

## Text by text

| half | text | values | right | silent values |
|---|---|---|---|---|
{texts}
"""


def _shares(half: str, tallies: dict[str, Tally]) -> list[str]:
    """The lines of the first table for a half."""
    lines = []
    for kind, tally in by_kind(tallies).items():
        count = sum(tally.counts.values())
        shares = (f"{tally.share(*names):.1%}" for names in (("right", "needless"), ("doubted",), ("told",), ("refused",), SILENT, ("extra",), ("needless",)))  # fmt: skip
        lines.append(f"| {half} | {kind} | {count} | {' | '.join(shares)} | {tally.undoubted:.1%} |")  # fmt: skip
    return lines


def _page() -> str:
    rows, texts, documents = [], [], 0
    for half in ("working", "kept"):
        tallies = measure(half)
        documents += len(tallies)
        rows += _shares(half, tallies)
        for name, tally in tallies.items():
            count = sum(tally.counts.values())
            texts.append(f"| {half} | {name} | {count} | {tally.share('right', 'needless'):.0%} | {sum(tally.counts[outcome] for outcome in SILENT)} |")  # fmt: skip
    day = datetime.now(UTC).date().isoformat()
    return _PREFACE.format(
        day=day, count=documents, rows="\n".join(rows), texts="\n".join(texts)
    )


def _is_published() -> bool:
    """Are the published figures of the working half those of today?"""
    page = PAGE.read_text("utf-8").splitlines()
    return all(line in page for line in _shares("working", measure("working")))


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("working", "kept"), default="working")
    parser.add_argument("--only", default="", help="texts alone whose name begins so")
    parser.add_argument(
        "--list", action="store_true", help="what is wrong, of the working half"
    )
    parser.add_argument("--write", action="store_true", help="renew docs/readings.md")
    parser.add_argument("--check", action="store_true", help="exit 1 when the page is stale")
    asked = parser.parse_args()
    if asked.check:
        raise SystemExit(not _is_published())
    if asked.write:
        PAGE.write_text(_page(), "utf-8")
        return
    tallies = measure(asked.half, asked.only)
    for kind, tally in by_kind(tallies).items():
        print(f"{kind}: {dict(tally.counts)} right {tally.share('right', 'needless'):.1%}")
    if asked.list and asked.half == "working":
        for name, tally in tallies.items():
            print(name, *tally.wrong, sep="\n  ")


if __name__ == "__main__":
    main()
