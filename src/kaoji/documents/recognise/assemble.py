"""From atoms to forms: where each begins and ends, and its parts put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

from kaoji.core.speech import say
from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.align import align
from kaoji.documents.recognise.as_of import read_as_of
from kaoji.documents.recognise.atoms import Atom, is_blank_sign
from kaoji.documents.recognise.captions import caption, column_caption
from kaoji.documents.recognise.described import tell_descriptions, with_names_described
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.graded import with_columns_named
from kaoji.documents.recognise.head import HeadReader
from kaoji.documents.recognise.headings import Heading, find_headings, table_end
from kaoji.documents.recognise.headless import headless, moved
from kaoji.documents.recognise.mending import mended
from kaoji.documents.recognise.missing import miss_aloud
from kaoji.documents.recognise.names_alone import without_blank_columns
from kaoji.documents.recognise.of_layout import layout_of
from kaoji.documents.recognise.pieces import pieces_of
from kaoji.documents.recognise.projects import read_projects
from kaoji.documents.recognise.regular_rows import settle_regular_rows
from kaoji.documents.recognise.rows import RowReader
from kaoji.documents.recognise.runs_in_rows import with_runs_cut
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.table import Columns, Segment
from kaoji.documents.recognise.table_doubts import (
    doubt_behind_side_labels,
    doubt_order,
    doubt_rows_unlike_the_others,
    doubt_twins,
)
from kaoji.documents.recognise.total_line import take_total
from kaoji.documents.recognise.unit_of_money import money_unit


@dataclass
class Found:
    """The forms of a document, and the atoms that reached none of them."""

    drafts: list[Draft] = field(default_factory=list)
    left: list[Atom] = field(default_factory=list)


Listener = Callable[[Columns, Sequence[Segment]], None]


def assemble(atoms: Sequence[Atom], listen: Listener | None = None) -> Found:
    """Find and read all forms in a stream of atoms; *listen* hears of every row of their tables."""
    atoms = with_columns_named(mended(atoms))
    drafts = [draft for draft in _drafts(atoms, listen) if _is_worthy(draft)]
    for draft in drafts:
        miss_aloud(draft)
    used: set[Atom] = set().union(*(draft.used for draft in drafts))
    return Found(drafts, [atom for atom in atoms if atom not in used])


def _drafts(atoms: Sequence[Atom], listen: Listener | None) -> Iterator[Draft]:
    """A draft for each form, and those for each project of a sheet."""
    headings = list(_headings(atoms))
    reader: RowReader | None = None
    start, page = 0, _Page()
    for number, heading in enumerate(headings):
        stop = headings[number + 1].start if number + 1 < len(headings) else len(atoms)
        end = table_end(atoms, heading.end, stop, heading.columns)
        head = atoms[start : heading.start]
        if reader is None or not _continues(head, heading):
            if reader is not None:
                yield reader.draft
            reader = RowReader(_begun(head))
            page.give_year(reader.draft, head)
        elif any(caption(atom.text) for atom in head):
            _read_more(reader.draft, head)
        reader.draft.texts += [atom.text for atom in atoms[start:end]]
        reader.draft.use(atoms[heading.start : heading.end])
        reader.draft.headed = reader.draft.headed or _says_enough(heading.columns)
        *complete, last = _read_table(atoms[heading.end : end], heading, reader, listen)
        yield from (item.draft for item in complete)
        reader = last
        _tell_kind(reader.draft)
        take_total(atoms[end:stop], reader.draft, heading.columns)
        _take_day(atoms[heading.start : heading.end], reader.draft)
        start = end
    if reader is not None:
        _read_name_below(reader.draft, atoms[start:])
        yield reader.draft
    tail = _head_only(atoms[start:])
    if tail:
        yield tail


def _says_enough(columns: Columns) -> bool:
    """三级指标 | 指标值 | 全年实际完成值: a heading that only a table of indicators has."""
    known = {name for name in columns.fields if not name.startswith(("extra", "project"))}
    return not columns.guessed and {"level3", "target"} <= known and len(known) >= 4


def _tell_kind(draft: Draft) -> None:
    """A form with scores is a self-evaluation, whatever its title was."""
    if draft.kind == "declaration" and any(row.score is not None for row in draft.rows):
        draft.kind = "self_evaluation"


def _headings(atoms: Sequence[Atom]) -> Iterator[Heading]:
    """The headings of a document; where it has none, each table told by its labels."""
    found = find_headings(atoms)
    stop = found[0].start if found else len(atoms)
    start, above = 0, None
    while start < stop and (cut_off := headless(atoms[start:stop], above)):
        cut_heading, above = cut_off
        heading = moved(cut_heading, start)
        end = table_end(atoms, heading.end, stop, heading.columns)
        if end > heading.end:
            yield heading
        start = max(end, heading.end + 1)  # a table that ends where it begins is none
        if start >= stop or found:
            break
    yield from found


@dataclass
class _Page:
    """What stands above the forms of a page holds for all of them: the year in its heading."""

    year: int | None = None
    place: Atom | None = None
    above: tuple[int, Atom] | None = None

    def give_year(self, draft: Draft, head: Sequence[Atom]) -> None:
        """The year of the page's heading for a form that names none itself."""
        for atom in head if self.place is None else ():
            text = squeezed(atom.text) if len(atom.text) < _LONGEST_TITLE_END else ""
            found = set(_YEAR.findall(_OF_THE_PAGE.sub("", text))) if "绩效" in text else set()
            if len(found) == 1 and atom not in draft.used:
                self.year, self.place = int(found.pop()), atom
                break
        titled = any(captions.is_title(atom.text) for atom in head)
        if titled and draft.year is not None:
            self.above = draft.year, next(a for a in head if captions.is_title(a.text))
        elif not titled and draft.year is None and self.above and self.place is None:
            self._give(draft, *self.above)
        if draft.year is None and self.year is not None and self.place is not None:
            self._give(draft, self.year, self.place)

    @staticmethod
    def _give(draft: Draft, year: int, title: Atom) -> None:
        draft.year = year
        draft.places["year"] = title.origin
        draft.use([title])
        draft.repair("year", say("年度取自前面的标题“{title}”", title=title.text[:40]), title)


def _take_day(heading: Sequence[Atom], draft: Draft) -> None:
    if draft.kind == "monitoring":
        draft.as_of = read_as_of(draft, [*draft.head, *heading])


def _continues(head: Sequence[Atom], heading: Heading) -> bool:
    """A second heading without name and title goes on with the form above."""
    if any(name.startswith("project.project_name") for name in heading.columns.fields):
        return False
    if any(captions.is_title(atom.text) for atom in head):
        return False
    begin = _begin(head)
    return all(piece.field != "project_name" for piece in pieces_of(head[begin:]))


def _begin(head: Sequence[Atom]) -> int:
    """The head of a form begins at its last title before the last name of a project."""
    names = [n for n, atom in enumerate(head) if caption(atom.text) == "project_name"]
    before = names[-1] if names else len(head)
    titles = [n for n, atom in enumerate(head[:before]) if captions.is_title(atom.text)]
    return titles[-1] if titles else before if names else 0


_YEAR_IN_BRACKETS = re.compile(r"\((20[0-4]\d)年度?\)")
_YEAR_OF = re.compile(r"(20[0-4]\d)\)?年度")
_YEAR = re.compile(r"(20[0-4]\d)年?")
_LONGEST_TITLE_END = 60
# When a page was published says nothing of the form's year.
_OF_THE_PAGE = re.compile(
    r"(?:发布|发文|成文|归档|生成|公开|更新|创建|印发|填报|填表|填列|申报|编制|报送|打印|制表)(?:日期|时间)[:：]?[\d\-/.:年月日]*|索引号.*"
)
_TITLE_LINES = 8
_LINES_BEFORE_TITLE = 4


def _begun(head: Sequence[Atom]) -> Draft:
    """A draft with everything that its head says."""
    draft = Draft()
    begin = _begin(head)
    own = head[begin:]
    draft.head = list(own)
    title = "".join(squeezed(atom.text) for atom in own[:2])
    if re.search("监控|监测", title):
        draft.kind = "monitoring"
    elif "自评" in title:
        draft.kind = "self_evaluation"
    draft.usual_unit = layout_of((atom.text for atom in own), draft.kind).money_unit
    before = [
        atom
        for atom in head[max(0, begin - _LINES_BEFORE_TITLE) : begin]
        if captions.is_unit_note(atom.text)
    ]
    draft.head = [*before, *own]
    draft.use(before)
    HeadReader(draft, own, money_unit(draft, draft.head)).read()
    _take_year(draft, head, begin)
    if draft.budget and draft.kind == "declaration":
        draft.kind = "self_evaluation"
    return draft


def _read_more(draft: Draft, head: Sequence[Atom]) -> None:
    """A heading repeated above the rest of the head: what follows it belongs to the same form."""
    draft.head += head
    HeadReader(draft, head, money_unit(draft, draft.head)).read()


def _read_name_below(draft: Draft, behind: Sequence[Atom]) -> None:
    """A report that tells what the project is called only behind its indicators."""
    named = any(caption(atom.text) == "project_name" for atom in behind)
    if (
        named
        and not draft.values.get("project_name")
        and not any(captions.is_title(atom.text) for atom in behind)
    ):
        _read_more(draft, behind)


def _take_year(draft: Draft, head: Sequence[Atom], begin: int) -> None:
    """The year that the title or a line below it names."""
    years = list(_years(draft, head, begin)) or _only_year_in_brackets(head[begin:])
    for atom in head[begin : begin + _TITLE_LINES]:
        text = squeezed(atom.text) if len(atom.text) < 200 else ""
        if captions.is_title(atom.text) or re.search(r"20\d\d\)?年度", text):
            draft.use([atom])
    if not years:
        return
    draft.year = int(years[-1])
    if len(set(years)) > 1:
        first, *_, second = dict.fromkeys(years)
        reason = say("同一份表写了两个年度：{first} 和 {second}", first=first, second=second)
        draft.doubt("year", reason, head[begin])


def _years(draft: Draft, head: Sequence[Atom], begin: int) -> Iterator[str]:
    """The years in the lines from the title down to the first caption."""
    own = list(takewhile(lambda atom: not caption(atom.text), head[begin:]))
    if not own and begin:  # running text: the title has no line of its own
        yield from _YEAR_IN_BRACKETS.findall(_end_of(head[begin - 1].text))
    for _, atoms in groupby(own, key=lambda atom: atom.line):
        line = list(atoms)  # (20 17 年度) is torn at its blanks
        text = _end_of("".join(atom.text for atom in line))
        found = _YEAR_OF.findall(text) or _YEAR.findall(text)
        if found:
            draft.places.setdefault("year", line[0].origin)
        yield from found


def _only_year_in_brackets(own: Sequence[Atom]) -> list[str]:
    """(2021年度) behind a caption left blank, where the head names no other."""
    text = "".join(atom.text for atom in own if len(atom.text) < _LONGEST_TITLE_END)
    found = set(_YEAR_IN_BRACKETS.findall(squeezed(text)))
    return [*found] if len(found) == 1 else []


def _end_of(text: str) -> str:
    return _OF_THE_PAGE.sub("", squeezed(text[-200:]))[-_LONGEST_TITLE_END:]


def _read_table(
    body: Sequence[Atom], heading: Heading, reader: RowReader, listen: Listener | None
) -> Sequence[RowReader]:
    """Read the rows into the reader's draft; a table of several projects gives a reader for each."""
    draft = reader.draft
    columns, clear = with_names_described(heading.columns, body)
    columns = _with_classes(columns, body)
    idle = [
        atom
        for atom in body
        if captions.is_piece_of_side_label(atom.text) or is_blank_sign(atom)
    ]
    draft.use(idle)
    aside = {*idle, *_prose_in(body, heading)}
    own = [atom for atom in body if atom not in aside]
    rest = with_runs_cut(own, columns)
    draft.use({*own} - {*rest})  # the pieces of a run that was cut another way
    filled = without_blank_columns(columns, rest)
    rows = align(rest, filled) if listen is None else _heard(rest, filled, listen)
    if any(name.startswith("project.project_name") for name in columns.fields):
        return read_projects(draft, rows, columns, money_unit(draft, draft.head)) or [reader]
    before = len(draft.rows)
    reader.read(rows, columns)
    settle_regular_rows(draft.rows[before:], columns)
    tell_descriptions(draft, draft.rows[before:], heading.columns, columns, clear=clear)
    doubt_rows_unlike_the_others(draft.rows[before:])
    doubt_behind_side_labels(draft.rows[before:], idle)
    if any(name.startswith("overall.") for name in columns.fields):
        doubt_twins(draft, draft.rows[before:], columns, rest)
    stray = next((atom for atom in rest if _is_stray(atom)), None)
    if stray:
        doubt_order(draft.rows[before:], stray)
    if columns.guessed:
        place = rest[0] if rest else None
        draft.doubt("indicators", say("没有找到指标表的表头，各栏按内容认出"), place)
    return [reader]


def _heard(
    atoms: Sequence[Atom], columns: Columns, listen: Listener
) -> Iterator[list[Segment]]:
    for row in align(atoms, columns):
        listen(columns, row)
        yield row


def _with_classes(columns: Columns, body: Sequence[Atom]) -> Columns:
    """Columns for classes that nothing heads, where running text spells labels out."""
    held = {name.removeprefix("overall.") for name in columns.fields}
    if columns.places or held & {"level1", "level2"}:
        return columns
    if not any(labels.is_spelled_out(atom.text) for atom in body):
        return columns
    return replace(
        columns,
        fields=("level1", "level2", *columns.fields),
        names=("level1", "level2", *columns.names),
    )


def _prose_in(body: Sequence[Atom], heading: Heading) -> Iterator[Atom]:
    """In a table with columns a paragraph that is no cell belongs to no row."""
    columns = any(atom.column is not None for atom in body)
    if columns and heading.columns.lines_are_rows:
        yield from (
            atom
            for atom in body
            if atom.column is None
            and atom.trust == "free"
            and not shapes.target(atom.text).measurable
        )


_ALSO_CLASS = frozenset({"具体指标"})


def _is_stray(atom: Atom) -> bool:
    """A column's caption among the rows: the text was copied in another order than it is read."""
    if atom.trust == "exact":
        return False
    kind = column_caption(atom.text)
    return kind in {"level1", "level2", "level3", "target", "actual"} and bare(atom.text) not in _ALSO_CLASS  # fmt: skip


def _head_only(atoms: Sequence[Atom]) -> Draft | None:
    """A form whose indicator table was cut off: a title, a name, and one thing more."""
    if not any(captions.is_title(atom.text) for atom in atoms):
        return None
    draft = _begun(atoms)
    if not _is_worthy(draft):
        return None
    draft.doubt("indicators", say("没有找到绩效指标部分"), atoms[0])
    draft.texts = [atom.text for atom in atoms]
    return draft


def _is_worthy(draft: Draft) -> bool:
    """A row under a class label or a full heading; or a project or unit with a goal, money or budget."""
    if any(row.level1 or row.level2 for row in draft.rows):
        return True
    if draft.headed and any(row.parsed.measurable for row in draft.rows):
        return True
    held = draft.values
    units = [name for name in ("department", "implementing_unit") if held.get(name)]
    says = bool(draft.funds or draft.budget or held.get("annual_goal"))
    if held.get("project_name"):
        return says or bool(units)
    titled = any(captions.is_title(atom.text) for atom in draft.head)
    return titled and bool(units) and says
