"""A form that nobody filled in: its captions and classes, its hints, and nothing else that says something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from kaoji.core.speech import Sentence, say
from kaoji.documents.reading import Problem
from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.atoms import Atom, is_blank_sign
from kaoji.documents.recognise.captions import is_any_caption, is_title, is_unit_note
from kaoji.documents.recognise.checkboxes import ticked_in
from kaoji.documents.recognise.spelling import squeezed
from kaoji.documents.recognise.template import is_caption_of_others, is_prompt
from kaoji.standards import grammar

# So many captions and classes tell a form, and of what stands among them at most such a share is unknown.
_FEWEST_KNOWN, _MOST_UNKNOWN = 8, 0.5
_LONGEST_SHOWN = 30
_MOST_POINTS = 100
_NOT_WORDS, _FEWEST_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z]"), 4


def about_blank_form(atoms: Sequence[Atom], name: str) -> Problem | None:
    """That a document in which no form was read holds a blank one; None where something may be filled in.

    *name* is that of the document, for a form without a title.
    """
    known = [place for place, atom in enumerate(atoms) if _is_caption(atom.text)]
    if len(known) < _FEWEST_KNOWN:
        return None
    inside = atoms[known[0] : known[-1] + 1]
    others = [atom for atom in inside if not _is_printed(atom.text) and not is_blank_sign(atom)]
    if any(_is_filled_in(atom.text) for atom in others):
        return None
    if _length(others) > _MOST_UNKNOWN * _length(inside):
        return None
    title = next((atom for atom in atoms if is_title(atom.text)), None)
    shown = title.text[:_LONGEST_SHOWN] if title else name
    return Problem(_told(shown, others), (title or inside[0]).origin)


def without_blank_forms(left: Sequence[Atom], name: str) -> tuple[list[Atom], list[Problem]]:
    """What reached no form, without forms that nobody filled in; and a sentence for each of those."""
    titles = [n for n, atom in enumerate(left) if is_title(atom.text)]
    rest, told = list(left[: titles[0]] if titles else left), list[Problem]()
    for begin, end in pairwise([*titles, len(left)]):
        blank = about_blank_form(left[begin:end], name)
        told += [blank] if blank else []
        # What stands below the form is still to be told.
        rest += left[_end_of_form(left, begin, end) if blank else begin : end]
    return rest, told


def _end_of_form(left: Sequence[Atom], begin: int, end: int) -> int:
    """Behind the last caption, and behind what is printed on the lines below it: 总分 | 100."""
    last = max((n for n in range(begin, end) if _is_caption(left[n].text)), default=begin)
    last += 1
    while last < end and (_is_printed(left[last].text) or shapes.number(left[last].text)):
        last += 1
    return last


def _told(title: str, others: Sequence[Atom]) -> Sentence:
    others = [atom for atom in others if len(_NOT_WORDS.sub("", atom.text)) >= _FEWEST_SIGNS]
    if not others:
        return say(
            "“{title}”是一份空白表：只有栏名和填表提示，没有填写的内容；请填好以后再导入",
            title=title,
        )
    return say(
        "“{title}”像是一份没有填写的表：没有读到项目、目标和指标，“{text}”等 {count} 处文字未读取；请填好以后再导入",
        title=title,
        text=others[0].text[:_LONGEST_SHOWN],
        count=len(others),
    )


def _is_caption(text: str) -> bool:
    return is_any_caption(text) or labels.is_label(text)


def _is_printed(text: str) -> bool:
    """Did the form print it before anybody filled it in?"""
    return (
        _is_caption(text)
        or is_prompt(text)
        or is_title(text)
        or is_unit_note(text)
        or is_caption_of_others(text)
        or ticked_in(text) == []
        or bool(grammar.pattern("footers").match(squeezed(text[:40])))
    )


def _is_filled_in(text: str) -> bool:
    """An amount, a measurable target, a ticked box."""
    number = shapes.number(text)
    printed = (
        number is not None and Decimal(number) <= _MOST_POINTS
    )  # points, 0.00, 3 of a list
    amount = shapes.is_amount(text) and not printed
    measurable = (
        not number and shapes.may_be_measurable(text) and shapes.target(text).measurable
    )
    return amount or measurable or bool(ticked_in(text))


def _length(atoms: Sequence[Atom]) -> int:
    return sum(len(squeezed(atom.text)) for atom in atoms)
