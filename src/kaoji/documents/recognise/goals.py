"""Goals: a run of captions, and the texts that belong to them in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaoji.core.markup import without_markup
from kaoji.core.speech import say
from kaoji.documents.recognise import labels
from kaoji.documents.recognise.atoms import joined
from kaoji.documents.recognise.captions import (
    GOALS,
    YEARS,
    caption,
    is_any_caption,
    is_piece_of_side_label,
    is_title,
)
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.goal_texts import handed_out, has_column, put_together
from kaoji.documents.recognise.pieces import PERIOD, Piece, atoms_in
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.template import is_prompt

# Captions that also stand at the side of all goals and then head none of them.
GENERIC_SIDE = frozenset(
    {"项目绩效目标", "绩效目标", "目标", "年度", "年度绩效目标", "总体目标", "年度总体目标", "项目目标"}
)  # fmt: skip
_SIDE_AMONG_SEVERAL = frozenset({"项目绩效目标", "绩效目标", "年度绩效目标", "项目目标"})
_SIDE_BEFORE_TWO = frozenset({"总体目标", "年度总体目标", "年度绩效目标"})
_GENERIC = re.compile(
    r"(?:年度|项目|总体)*(?:总体|绩效)*目标(?:完成情况)?|总体目标完成情况|年度总体目标"
)
_TWICE = re.compile(r"(.{6,}?)[,，。;；]?\1[,，。;；]?", re.DOTALL)
_SENTENCE_END = re.compile(r"[。；;！](?=.)")
_MOST_PARTS, _SHORTEST = 3, 4
_LONGEST_SEARCHED, _LONGEST_ROW = 3_000, 60
_LENGTHS_APART, _NEARLY_THE_SAME = 3, 0.6


def read_goals(draft: Draft, heading: Sequence[Piece], texts: Sequence[Piece]) -> None:
    """One text a caption; a caption followed by more specific ones is a side label."""
    draft.use(atoms_in(heading))
    for piece in heading:
        if piece.field == PERIOD:
            _take_period(draft, piece)
    wanted = _wanted(
        _without_sides([piece for piece in heading if piece.field in GOALS], texts)
    )
    usable = _without_periods(draft, texts)
    if not wanted or not usable:
        _tell_prompts(draft, wanted, [] if usable else texts)
        return
    usable = _cut_in_two(draft, wanted, usable)
    groups = _groups(draft, wanted, usable)
    if not all(groups) and usable[0].atom.trust != "exact":
        for piece in wanted:
            draft.doubt(str(piece.field), say("有两栏目标，却只读到一栏的文字"), piece.atom)
    certain = len(wanted) == 1 or _repeat_each_other(groups)
    for piece, group in zip(wanted, groups, strict=False):
        if group:
            _take(draft, piece, group, certain=certain)


def _without_sides(captions: Sequence[Piece], texts: Sequence[Piece]) -> list[Piece]:
    """The captions without those at the side: on the line of the texts, or with none below them."""
    lines = {piece.atom.line for piece in texts}
    columns = {piece.atom.column for piece in texts if has_column(piece)}

    def is_side(piece: Piece) -> bool:
        if not has_column(piece) or bare(piece.text) not in GENERIC_SIDE or not columns:
            return False
        own = [other for other in captions if other.atom.line == piece.atom.line]
        if piece is not own[0]:
            return False
        beside = len(own) > 1
        return piece.atom.line in lines or (beside and piece.atom.column not in columns)

    kept = [piece for piece in captions if not is_side(piece)]
    return kept or list(captions)


def _wanted(specific: Sequence[Piece]) -> list[Piece]:
    """The captions that each have a text: at most two, side labels put aside."""
    found = list(specific)
    if len(found) > 2:
        found = [piece for piece in found if bare(piece.text) not in _SIDE_AMONG_SEVERAL] or found  # fmt: skip
    if len(found) > 1:
        found = [piece for piece in found if not _heads_the_others(piece, found)][-2:] or found
    annual = sum(piece.field == "annual_goal" for piece in found)
    return [
        replace(piece, field="overall_goal")
        if annual > 1 and bare(piece.text) == "总体目标"
        else piece
        for piece in found
    ]


def _heads_the_others(piece: Piece, run: Sequence[Piece]) -> bool:
    """Is the first of several captions a side label of the others?"""
    if piece is not run[0] or not _GENERIC.fullmatch(bare(piece.text)):
        return False
    alike = len({other.field for other in run}) < 2
    with_done = run[1].field == "goal_done"
    return len(run) > 2 or alike or (bare(piece.text) in _SIDE_BEFORE_TWO and not with_done)


def _take_period(draft: Draft, piece: Piece) -> None:
    found = YEARS.fullmatch(squeezed(piece.text))
    if found and int(found[1]) <= int(found[2]):
        draft.period = int(found[1]), int(found[2])
        draft.places["goal_period"] = piece.atom.origin
        draft.use(piece.atoms)


def _without_periods(draft: Draft, texts: Sequence[Piece]) -> list[Piece]:
    usable: list[Piece] = []
    for piece in texts:
        if len(piece.text) < 40 and YEARS.fullmatch(squeezed(piece.text)):
            _take_period(draft, piece)
        elif is_prompt(piece.text) or (
            is_piece_of_side_label(piece.text) and piece.atom.gap == "row"
        ):
            draft.use(piece.atoms)
        elif piece.text.strip() and not is_title(piece.text):
            usable.append(piece)
    return usable


def _tell_prompts(draft: Draft, wanted: Sequence[Piece], texts: Sequence[Piece]) -> None:
    """Goals where the form's own hint was left standing."""
    for hint in [piece for piece in texts if is_prompt(piece.text)][:1]:
        told = say("“{text}”是表上的提示，不是填写的内容", text=hint.text[:40])
        for piece in wanted:
            draft.doubt(str(piece.field), told, hint.atom)


def _cut_in_two(draft: Draft, wanted: Sequence[Piece], usable: Sequence[Piece]) -> list[Piece]:
    """One text under two captions: twice the same, or cut where both halves are most alike."""
    if len(usable) != 1 or len(wanted) != 2:
        return list(usable)
    [whole] = usable
    ahead = YEARS.match(whole.text)
    if ahead:
        _take_period(draft, Piece(PERIOD, whole.atoms, ahead[0]))
        whole = replace(whole, text=whole.text[ahead.end() :])
    twice = _TWICE.fullmatch(whole.text) if len(whole.text) < _LONGEST_SEARCHED else None
    if twice:
        return [replace(whole, text=twice[1])] * 2
    halves = _halves(whole)
    if halves and not _repeat_each_other([[half] for half in halves]):
        for piece in wanted:
            draft.doubt(str(piece.field), say("两段目标文字的分界不确定"), piece.atom)
    return halves or [whole]


def _halves(whole: Piece) -> list[Piece]:
    atoms = whole.atoms
    if len(atoms) > 1:

        def fitness(cut: int) -> float:
            ended = atoms[cut - 1].text[-1] in "。；;！"
            return ended + 2 * alike(joined(atoms[:cut]), joined(atoms[cut:]))

        cut = max(range(1, len(atoms)), key=fitness)
        return [Piece(None, part, joined(part)) for part in (atoms[:cut], atoms[cut:])]
    text = whole.text
    ends = [found.end() for found in _SENTENCE_END.finditer(text)][:200]
    if not ends:
        return []
    cut = max(ends, key=lambda end: alike(text[:end], text[end:]))
    return [replace(whole, text=text[:cut]), replace(whole, text=text[cut:])]


def _repeat_each_other(groups: Sequence[Sequence[Piece]]) -> bool:
    """A goal and its outcome in nearly the same words: nowhere else can the one end and the other begin."""
    if len(groups) != 2 or not all(groups):
        return False
    one, other = (squeezed(put_together(group)) for group in groups)
    apart = abs(len(one) - len(other)) * _LENGTHS_APART <= min(len(one), len(other))
    return apart and alike(one, other) >= _NEARLY_THE_SAME


def alike(one: str, other: str) -> float:
    """Two goals of one form repeat each other: the share of pairs of signs they have in common."""
    first, second = (
        {text[place : place + 2] for place in range(len(text) - 1)} for text in (one, other)
    )
    return len(first & second) / max(1, len(first | second))


def _groups(
    draft: Draft, wanted: Sequence[Piece], usable: Sequence[Piece]
) -> list[list[Piece]]:
    """The texts of each caption."""
    if len(wanted) == 1:
        head = wanted[0].atom
        if not has_column(wanted[0]):
            return [list(usable)]
        beside = [piece for piece in usable if piece.atom.line == head.line]
        column = beside[0].atom.column if beside else head.column
        below = [p for p in usable if p not in beside and p.atom.column in {None, column}]
        return [[*beside, *below] or _nearest(draft, wanted[0], usable)]
    found = handed_out(wanted, usable)
    if found.doubt:
        for piece in wanted:
            draft.doubt(str(piece.field), found.doubt, usable[0].atom)
    return found.texts


def _nearest(draft: Draft, head: Piece, usable: Sequence[Piece]) -> list[Piece]:
    """No text stands under the only caption: the one nearest to it, and both goals are doubted."""
    placed = [piece for piece in usable if has_column(piece)]
    if len(placed) < 2:
        return list(usable)
    for name in ("overall_goal", "annual_goal"):
        draft.doubt(name, say("只读到一段目标，无法确定属于总目标还是年度目标"), head.atom)
    at = head.atom.column or 0
    return [min(placed, key=lambda piece: abs((piece.atom.column or 0) - at))]


_ONLY_FIGURES = re.compile(r"[\d.,%/()（）分元\s]*\d[\d.,%/()（）分元\s]*")


def _take(draft: Draft, head: Piece, group: Sequence[Piece], *, certain: bool) -> None:
    name = str(head.field)
    text, removed = without_markup(put_together(group))
    if _ONLY_FIGURES.fullmatch(text):
        return  # 98分): figures beside a caption are no goal
    held = draft.values.get(name)
    if held and held != text:
        draft.doubt(name, say("另有一段目标文字"), head.atom)
        return  # what stands there is told as unread
    for piece in group:
        draft.use(piece.atoms)
    if held:
        return
    draft.put(name, text, group[0].atom)
    if removed:
        draft.repair(name, removed, group[0].atom)
    for piece in group[1:]:
        if has_column(piece) or has_column(group[0]):
            told = say("接上了换页后的文字：“{start}…”", start=piece.text[:12])
            draft.repair(name, told, piece.atom)
    _doubt_bounds(draft, head, group, text, certain=certain)


def _begins_with_caption(piece: Piece) -> bool:
    """项目资金 预算执行 10分: what follows a goal in the head, not the goal."""
    words = piece.text.split(maxsplit=1) if len(piece.text) < _LONGEST_ROW else []
    return bool(caption(piece.text)) or (len(words) > 1 and is_any_caption(words[0]))


def _doubt_bounds(
    draft: Draft, head: Piece, group: Sequence[Piece], text: str, *, certain: bool
) -> None:
    """Where a goal begins and ends may be wrong; *certain* where no other goal stands beside it, or the same again."""
    name, gaps = str(head.field), {atom.gap for piece in group for atom in piece.atoms}
    if not certain and gaps & {"blank", "none"} and group[0].atom.trust == "free":
        draft.doubt(name, say("两段目标文字的分界不确定"), head.atom)
    beside = any(
        piece.atom.gap == "cell" and piece.atom.line == group[0].atom.line
        for piece in group[1:]
    )
    if beside:
        draft.doubt(name, say("目标文字由并列的几格合成"), head.atom)
    many = len(group) > _MOST_PARTS and not has_column(group[0])
    squashed = certain and "none" in gaps
    inside = any(caption(word) in GOALS for word in text[:_LONGEST_ROW].split())
    if many or squashed or inside or any(map(_begins_with_caption, group)):
        draft.doubt(name, say("目标文字的边界不确定"), head.atom)
    short = len(text) < _SHORTEST and name != "goal_done"
    if short or labels.anywhere().search(squeezed(text)) or "级指标" in text:
        draft.doubt(name, say("目标文字过短，或含有分类、栏名"), head.atom)
