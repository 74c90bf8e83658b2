"""What reached no form: told line by line where it may belong to one, else run by run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kaoji.core.speech import Sentence, say
from kaoji.documents.reading import Problem
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import is_any_caption
from kaoji.documents.recognise.labels import is_label

# Longer runs without any caption or label are told in one sentence.
_TOLD_ONE_BY_ONE = 8
_LONGEST_SHOWN, _LONGEST_BEGINNING = 40, 20
_NEAR = 3


def about_unread(left: Sequence[Atom], preface: Collection[Atom]) -> Iterator[Problem]:
    """One problem for each unread line, or for each long run of lines about something else.

    *preface* is what stands before the first form.
    """
    for run in _runs(_lines(left)):
        if len(run) > _TOLD_ONE_BY_ONE and not any(map(_belongs_to_a_form, run)):
            yield _about_run(run, before=run[-1][0] in preface)
            continue
        for line in run:
            text = " ".join(atom.text for atom in line)
            yield Problem(unread_sentence(text), line[0].origin)


def unread_sentence(text: str) -> Sentence:
    """That a text was not recognised, with its beginning."""
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return say("没有认出“{text}”", text=shown)


def _lines(left: Sequence[Atom]) -> list[list[Atom]]:
    lines: dict[tuple[object, ...], list[Atom]] = {}
    for atom in left:
        lines.setdefault(atom.line, []).append(atom)
    return list(lines.values())


def _runs(lines: Sequence[list[Atom]]) -> list[list[list[Atom]]]:
    """Lines that stand together, with nothing read between them."""
    runs: list[list[list[Atom]]] = []
    for line in lines:
        if runs and _follows(runs[-1][-1][0], line[0]):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _follows(above: Atom, below: Atom) -> bool:
    one, two = above.origin, below.origin
    if one.page != two.page:
        return (two.page or 0) - (one.page or 0) == 1
    apart = (two.line or two.row or 0) - (one.line or one.row or 0)
    return one.sheet == two.sheet and 0 <= apart <= _NEAR


def _belongs_to_a_form(line: Sequence[Atom]) -> bool:
    """Does an unread line hold a caption or a class label, so that each one matters?"""
    return any(is_any_caption(atom.text) or is_label(atom.text) for atom in line)


def _about_run(run: Sequence[Sequence[Atom]], *, before: bool) -> Problem:
    first, last = run[0][0].origin, run[-1][0].origin
    text, count = run[0][0].text[:_LONGEST_BEGINNING], len(run)
    if before:
        told = say("第一份表之前有 {count} 行文字，不属于任何表，未读取", count=count)
    elif first.page and last.page and first.page != last.page:
        told = say(
            "第 {first}–{last} 页：“{text}”起 {count} 行，不属于任何表，未读取",
            first=first.page,
            last=last.page,
            text=text,
            count=count,
        )
    else:
        told = say("“{text}”起 {count} 行，不属于任何表，未读取", text=text, count=count)
    return Problem(told, first)
