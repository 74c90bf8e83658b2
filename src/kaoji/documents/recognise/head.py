"""The head of a form: whatever stands after a caption, on its line or in the stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kaoji.core.declaration_json import FUND_FIELDS
from kaoji.core.markup import without_markup
from kaoji.core.period import UnreadableDate, is_budget_year, read_date
from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.atoms import Atom, without_stop
from kaoji.documents.recognise.beside import (
    NO_CAPTION,
    PAIR,
    heads_budget,
    is_alone_in_row,
    may_be_caption,
    tell_totals_apart,
)
from kaoji.documents.recognise.budget import read_budget
from kaoji.documents.recognise.captions import GOALS, caption, is_unit_note
from kaoji.documents.recognise.checkboxes import ticked_in
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.goals import GENERIC_SIDE, read_goals
from kaoji.documents.recognise.oddness import is_odd
from kaoji.documents.recognise.pieces import (
    PERIOD,
    SIDE,
    Piece,
    atoms_in,
    may_be_rest,
    pieces_of,
)
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.template import is_caption_of_others, is_prompt
from kaoji.documents.recognise.unit_of_money import own_unit

_ENDS_BUDGET = GOALS | {"extra", "project_name", "department", "implementing_unit", "project_nature", "project_category"}  # fmt: skip
# Without these nobody can tell one declaration from another; a blank one is asked about.
_IDENTIFYING = frozenset({"project_name", "implementing_unit"})
_LONGEST_NAME = 60
_SAYS_HOW_MUCH = re.compile(r"[\d一二三四五六七八九十百千万亿元]")
_SEVERAL_OPTIONS = re.compile(r"1[.、].{1,60}2[.、]")
# A. 基本建设 B. 专项业务(√): only what is chosen has a sign, and what is not stands before it.
_OPTIONS_IN_ONE = re.compile(r"[A-Za-z\d][.、].{0,200}\s[A-Za-z\d][.、]|\S\s+\S")
_NUMBERED = re.compile(r"^\d{1,2}[.、]\s*")


class HeadReader:
    """Walks over the pieces of a head and hands each caption what follows it."""

    def __init__(self, draft: Draft, atoms: Sequence[Atom], unit: str | None) -> None:
        self.draft, self.unit = draft, unit
        self.pieces = pieces_of(atoms)
        draft.use(atom for atom in atoms if is_unit_note(atom.text))
        tell_totals_apart(self.pieces)
        names = [piece.field for piece in self.pieces]
        draft.printed.update(name for name in names if name)
        self.twins = draft.twin_funds or {"funds.total", "funds.annual_total"} <= set(names)
        self.printed = {name: names.count(name) for name in set(names)}
        self.taken: dict[str, int] = {}
        money = [
            piece.text for piece in self.pieces if (piece.field or "").startswith("funds.")
        ]
        self.units = {unit for text in money if (unit := own_unit(text))}

    def read(self) -> None:
        """Read it all."""
        self.draft.twin_funds = self.twins
        self._doubt_lost_total()
        place = 0
        while place < len(self.pieces):
            name = self.pieces[place].field
            if name is None:
                place = self._unknown(place)
            elif behind := self._budget(place):
                place = behind
            elif name in GOALS:
                place = self._goals(place)
            else:
                place = self._value(place, name)

    def _doubt_lost_total(self) -> None:
        """Two columns of money of which only one has its total: nobody can tell them apart."""
        twice = [
            n
            for n in ("funds.annual_fiscal", "funds.annual_other")
            if self.printed.get(n, 0) > 1
        ]
        if twice and not self.twins:
            reason = say("有两栏资金，却只读到一个总额，分不清哪栏是年度的")
            for name in FUND_FIELDS:
                self.draft.doubt(f"funds.{name}", reason, self.pieces[0].atom)

    def _unknown(self, place: int) -> int:
        """A caption that nobody knows and its value are kept with their words."""
        piece = self.pieces[place]
        if self._goes_on(place):
            return place + 1
        pair = PAIR.fullmatch(piece.text)
        if pair and not NO_CAPTION.search(pair[1]):
            if not is_prompt(pair[2]):
                self.draft.extra.setdefault(bare(pair[1]), pair[2])
            self.draft.use(piece.atoms)
            return place + 1
        value = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        beside = value is not None and value.field is None and value.atom.gap == "cell"
        if value and beside and piece.atom.trust == "exact" and may_be_caption(piece.text):
            if not is_prompt(value.text):
                self.draft.extra.setdefault(bare(piece.text), value.text)
            self.draft.use([*piece.atoms, *value.atoms])
            return place + 2
        alone = is_alone_in_row(piece, self.pieces, place)
        beside = value is not None and value.field is not None and value.atom.gap == "cell"
        if (alone or (beside and piece.atom.trust == "exact")) and may_be_caption(piece.text):
            self.draft.use(
                piece.atoms
            )  # a caption of theirs left blank, or a label at the side
        return place + 1

    def _goes_on(self, place: int) -> bool:
        """The rest of a name that began in the row above, in the same column."""
        atom = self.pieces[place].atom
        if atom.column is None:
            return False
        row = [piece for piece in self.pieces if piece.atom.line == atom.line]
        names = [self._name_above(piece) for piece in row]
        if None in names:
            return False
        name = str(self._name_above(self.pieces[place]))
        self.draft.values[name] += atom.text
        self.draft.places[name] = atom.origin
        told = say("接上了换行的文字：“{text}”", text=atom.text)
        self.draft.repair(name, told, atom)
        if atom.trust != "exact":  # its column is not to be believed
            self.draft.doubt(name, told, atom)
        self.draft.use([atom])
        return True

    def _name_above(self, piece: Piece) -> str | None:
        """The name whose cell stands right above, in the same column."""
        if piece.field is not None or shapes.is_amount(piece.text):
            return None
        here = piece.atom.origin
        for name in _GOES_ON:
            above = self.draft.places.get(name)
            same = above is not None and above.column == here.column
            if above and same and name in self.draft.values and _is_next_row(above, here):
                return name
        return None

    def _budget(self, place: int) -> int | None:
        """The budget table of self-evaluations: where it ends, None where none begins."""
        run = place
        while run < len(self.pieces) and heads_budget(self.pieces[run]):
            run += 1
        heads = [
            (name, piece.atom)
            for piece in self.pieces[place:run]
            if (name := caption(piece.text, "budget"))
        ]
        if sum(name.startswith("budget.") for name, _ in heads) < 2:
            return None
        end = run
        while end < len(self.pieces) and self.pieces[end].field not in _ENDS_BUDGET:
            end += 1
        read_budget(self.draft, atoms_in(self.pieces[run:end]), heads, self.unit)
        self.draft.use(atoms_in(self.pieces[place:run]))
        return end

    def _goals(self, place: int) -> int:
        """A run of goal captions and the texts below it."""
        run = place + 1
        while run < len(self.pieces) and self.pieces[run].field in GOALS | {SIDE, PERIOD}:
            run += 1
        several = run - place > 1
        stop, texts = run, list[Piece]()
        while stop < len(self.pieces):
            piece = self.pieces[stop]
            if piece.field is None:
                texts.append(piece)
            elif several and texts and self._is_side_of_goals(stop):
                self.draft.use(piece.atoms)
            else:
                break
            stop += 1
        read_goals(self.draft, self.pieces[place:run], texts)
        return stop

    def _is_side_of_goals(self, place: int) -> bool:
        """A side label in the middle of goal texts."""
        piece = self.pieces[place]
        goes_on = place + 1 < len(self.pieces) and self.pieces[place + 1].field is None
        side = piece.field in {SIDE, "annual_goal"} and bare(piece.text) in GENERIC_SIDE
        return side and goes_on

    def _value(self, place: int, name: str) -> int:
        """A caption and the first text on its row, or behind it in a stream."""
        piece = self.pieces[place]
        self.draft.use(piece.atoms)
        if name in {SIDE, PERIOD} or name.startswith("budget."):
            return place + 1
        behind = place + 1
        prompt: Piece | None = None
        while behind < len(self.pieces) and self._is_prompt(piece, self.pieces[behind]):
            prompt = self.pieces[behind]
            self.draft.use(prompt.atoms)
            behind += 1
        value = self.pieces[behind] if behind < len(self.pieces) else None
        if value is not None and not self._may_be_value(piece, value, prompt):
            value = None
        if value is not None:
            self.draft.use(value.atoms)
        elif prompt and not _HINT_ALONE.fullmatch(prompt.text.strip()):
            self._tell_prompt(name, prompt)
        self._put(name, piece.text, value)
        if value is None:
            return behind
        self._doubt_torn(name, value, self.pieces[behind + 1 : behind + 2])
        return behind + 1

    def _is_prompt(self, piece: Piece, behind: Piece) -> bool:
        """Did the form print it where the value of a caption was to be filled in?"""
        if behind.field is not None:
            return False
        alone = _HINT_ALONE.fullmatch(behind.text.strip())
        return bool(alone) or (is_prompt(behind.text) and self._reaches(piece, behind))

    def _may_be_value(self, piece: Piece, value: Piece, prompt: Piece | None) -> bool:
        """Where a caption already had a prompt, what stands on another line belongs elsewhere."""
        if value.field is not None or is_caption_of_others(value.text):
            return False
        bracketed = prompt is None or prompt.text.strip()[:1] in "(（"
        return self._reaches(piece, value) and (bracketed or value.atom.line == piece.atom.line)

    def _tell_prompt(self, name: str, prompt: Piece) -> None:
        """A hint that nobody wrote over; a unit of money without its amount is a blank cell."""
        if not name.startswith("funds.") and name != "extra":
            told = say("“{text}”是表上的提示，不是填写的内容", text=prompt.text[:40])
            self.draft.doubt(name, told, prompt.atom)

    def _doubt_torn(self, name: str, value: Piece, behind: Sequence[Piece]) -> None:
        """An unknown text that begins the line below a name may be the rest of it."""
        for rest in filter(may_be_rest, behind):
            told = say("下一行的“{text}”可能是它的后半", text=rest.text[:20])
            for field in (name, *self._breaking_off(value.atom.origin)):
                self.draft.doubt(field, told, value.atom)

    def _breaking_off(self, last: Origin) -> Iterator[str]:
        """Units on the same line whose names do not end as those of offices do."""
        for name in ("department", "implementing_unit"):
            text, place = self.draft.values.get(name), self.draft.places.get(name)
            here = place is not None and place.line == last.line
            if text and here and not _ENDS_AS_OFFICES_DO.search(text):
                yield name

    def _reaches(self, piece: Piece, value: Piece) -> bool:
        same_line = value.atom.line == piece.atom.line
        if piece.atom.trust != "free":
            return same_line
        return same_line or piece.atom.gap != "blank"

    def _put(self, name: str, printed: str, value: Piece | None) -> None:
        text = value.whole.strip() if value else ""
        if name == "extra" or name in {"funds.special_account", "funds.unit"}:
            self._put_extra(printed, text, value)
        elif name.startswith("funds."):
            self._put_money(name.removeprefix("funds."), printed, value)
        elif value is None:
            if name in _IDENTIFYING and name not in self.draft.values:
                told = say("“{caption}”空白", caption=printed)
                self.draft.doubt(name, told, self.pieces[0].atom)
        elif name in {"start_date", "end_date"}:
            self._put_date(name, text, value.atom)
        elif name in {"project_category", "project_nature"}:
            self._put_choice(name, printed, text, value.atom)
        else:
            self._put_text(name, printed, text, value.atom)

    def _put_money(self, key: str, printed: str, value: Piece | None) -> None:
        key = self._column_of(key, printed)
        if value is None:
            return
        draft, path, text = self.draft, f"funds.{key}", value.text.strip()
        draft.places.setdefault(path, value.atom.origin)
        unit = own_unit(printed) or self.unit
        amount = shapes.amount(text, unit or draft.usual_unit)
        if amount is None:
            if _SAYS_HOW_MUCH.search(text):
                draft.doubt(path, say("“{text}”不是金额", text=text[:40]), value.atom)
            return
        if draft.funds.setdefault(key, amount) != amount:
            draft.doubt(path, say("另有金额“{text}”", text=text[:40]), value.atom)
            return
        if own_unit(printed) is None and "元" not in text and len(self.units) > 1:
            told = say("金额单位不明：{units}", units="、".join(sorted(self.units)))
            draft.doubt(path, told, value.atom)
        if unit is None and "元" not in text and amount.yuan:
            reason = say("没有写明金额单位，暂按{unit}读取", unit=draft.usual_unit)
            draft.doubt(path, reason, value.atom)
        if "财政资金总额" in bare(printed):
            draft.funds.setdefault("annual_fiscal", amount)

    def _column_of(self, key: str, printed: str) -> str:
        """Of two columns of money the left one is the whole project's."""
        if key not in {"annual_fiscal", "annual_other"} or not self.twins:
            return key
        self.taken[key] = self.taken.get(key, 0) + 1
        twice = self.printed.get(f"funds.{key}", 0) > 1
        of_year = re.search("当年|本年|年度", bare(printed))
        left = self.taken[key] == 1 and twice and not of_year
        return key.removeprefix("annual_") if left else key

    def _put_date(self, name: str, text: str, atom: Atom) -> None:
        try:
            day = read_date(text)
        except UnreadableDate as error:
            self.draft.doubt(name, error.sentence, atom)
            return
        self.draft.put(name, day.isoformat(), atom)
        if not is_budget_year(day.year):
            reason = say("“{text}”不像项目的日期；请核对年份", text=text)
            self.draft.doubt(name, reason, atom)

    def _put_extra(self, printed: str, text: str, value: Piece | None) -> None:
        """Keep it by its words; 建设周期 2025年1月1日-2025年12月31日 tells when the project begins and ends."""
        if value is None or not text:
            return
        self.draft.extra[bare(printed)] = text
        found = _SPAN_OF_DAYS.fullmatch(squeezed(text)) if len(text) < _LONGEST_NAME else None
        for name, day in zip(
            ("start_date", "end_date"), found.groups() if found else (), strict=False
        ):
            if name not in self.draft.values:
                self._put_date(name, day, value.atom)

    def _put_choice(self, name: str, printed: str, text: str, atom: Atom) -> None:
        ticked = ticked_in(text)
        if bare(printed) == "项目类型" and ticked is not None:
            self.draft.extra[bare(printed)] = text
        elif ticked is None:
            if _SEVERAL_OPTIONS.search(text):
                self.draft.doubt(name, say("“{text}”看不出选了哪一项", text=text[:40]), atom)
            self._put_text(name, printed, text, atom)
        elif len(ticked) == 1:
            self.draft.put(name, _NUMBERED.sub("", ticked[0]), atom)
            if _OPTIONS_IN_ONE.search(ticked[0]):
                self.draft.doubt(name, say("“{text}”看不出选了哪一项", text=text[:40]), atom)
        else:
            reason = say("“{text}”勾选了 {count} 项", text=text[:40], count=len(ticked))
            self.draft.doubt(name, reason, atom)

    def _put_text(self, name: str, printed: str, text: str, atom: Atom) -> None:
        draft = self.draft
        text, removed = without_markup(text)
        text = without_stop(text, atom) if name in _NAMES else text
        if not text:
            return
        if removed:
            draft.repair(name, removed, atom)
        if is_odd(name, text):
            reason = say("“{text}”不像这一栏的内容", text=text[:30])
            draft.doubt(name, reason, atom)
        if bare(printed) == "资金类型":
            draft.doubt(name, say("资金类型不一定是项目类别"), atom)
        weak = not re.search("实施|执行|使用|项目单位|承担|建设", bare(printed))
        if name not in draft.values or self._outranks(name):
            draft.put(name, text, atom)
            draft.weak_unit = weak if name == "implementing_unit" else draft.weak_unit
        elif draft.values[name] != text:
            draft.extra[bare(printed)] = text
            if name == "project_name":
                draft.doubt(name, say("另有“{text}”", text=text[:40]), atom)

    def _outranks(self, name: str) -> bool:
        """The nearest authority is the last one named; who carries a project out is no mere filler-in."""
        return name == "department" or (name == "implementing_unit" and self.draft.weak_unit)


_DAY = r"20\d\d(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2})"
_SPAN_OF_DAYS = re.compile(rf"({_DAY})[-—–~至到]+({_DAY})")
_GOES_ON = _NAMES = ("project_name", "department", "implementing_unit")
_ENDS_AS_OFFICES_DO = re.compile(
    r"[局厅委院校部处科室会站所馆团社队县区市镇乡村]$|中心$|政府$|公司$|办公室$|单位$"
)


def _is_next_row(above: Origin, below: Origin) -> bool:
    apart = (below.row or below.line or 0) - (above.row or above.line or 0)
    return above.page == below.page and above.table == below.table and 0 <= apart <= 2


# A hint that got a cell or a line of its own belongs to the caption before it.
_HINT_ALONE = re.compile(r"[(（](?:单位|加盖)?(?:公章|盖章|签章|签字|印章)[)）]")
