"""Write `docs/rules/`, one page a rule, from the rules themselves.

python scripts/rule_pages.py           write the pages
python scripts/rule_pages.py --check   exit 1 when a page differs from its rule
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from kaoji.rules.accuracy import accuracies
from kaoji.rules.catalogue import CATALOGUE, FAMILIES
from kaoji.rules.rule import Rule
from kaoji.standards.languages import speaker
from kaoji.standards.thresholds import threshold_in_force

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"

# Written by `python -m accuracy`.
ACCURACY = "accuracy.md"

_english = speaker("en")


def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    return {"README.md": _index(), **{f"{rule.id}.md": _page(rule) for rule in CATALOGUE}}


def _index() -> str:
    lines = [
        "# The rule book",
        "",
        "Written by `scripts/rule_pages.py`; edit the rules instead. How often each is right:",
        f"[{ACCURACY}]({ACCURACY}). An administrator switches a rule off, or sets its severity or its",
        "numbers for a region, on the rule's page of the site; each such change is an event.",
        "",
    ]
    for family, rules in groupby(CATALOGUE, key=lambda rule: rule.family):
        title = FAMILIES[family]
        lines += [
            f"## {family} {title} · {_english(title)}",
            "",
            "| id | 规则 | rule | severity |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| [{rule.id}]({rule.id}.md) | {rule.title} | {_english(rule.title)} | {rule.severity} |"
            for rule in rules
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _page(rule: Rule) -> str:
    lines = [
        f"# {rule.id} {rule.title} · {_english(rule.title)}",
        "",
        rule.essay.strip(),
        "",
        *_basis(rule),
        *_numbers(rule),
        *_accuracy(rule),
        "## Facts",
        "",
        f"- severity: {rule.severity}",
        f"- in force since {rule.validity.since}",
        f"- name in code: `{rule.name}`",
    ]
    return "\n".join(lines) + "\n"


def _basis(rule: Rule) -> Iterator[str]:
    yield from ("## Basis", "")
    for citation in rule.basis:
        seen = "" if citation.document.status == "seen" else f" ({citation.document.status})"
        yield f"- {citation}{seen}"
    yield ""


def _numbers(rule: Rule) -> Iterator[str]:
    if not rule.thresholds:
        return
    yield from ("## Numbers", "")
    for name in rule.thresholds:
        value = threshold_in_force(name, on=date.max, region=None)
        yield f"- {value.title}: {value.value} {value.unit} — {value.source} ({value.status})"
    yield ""


def _accuracy(rule: Rule) -> Iterator[str]:
    measured = accuracies()[rule.id]
    yield from ("## Accuracy", "")
    yield (
        f"On labelled forms and mutants: {measured.right} right, {measured.missed} missed, "
        f"{measured.false_alarms} false alarms, {measured.undecided} undecided. "
        f"On the sample it finds {measured.on_sample}. See [{ACCURACY}]({ACCURACY})."
    )
    yield ""


def main() -> int:
    """Write or check."""
    wanted = pages()
    if "--check" not in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.md"):
            if old.name not in {*wanted, ACCURACY}:
                old.unlink()
        for name, text in wanted.items():
            (FOLDER / name).write_text(text, "utf-8")
        return 0
    stale = [
        name
        for name, text in wanted.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text("utf-8") != text
    ]
    stale += [old.name for old in FOLDER.glob("*.md") if old.name not in {*wanted, ACCURACY}]
    for name in stale:
        print(f"docs/rules/{name} differs from its rule; run scripts/rule_pages.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
