"""A Manuscript becomes forms. Every cell of a form is read, mended, doubted or reported.

No layout is chosen. The text becomes one stream of pieces (`atoms`), headings are found by what
they say (`headings`), the rest is aligned to their columns at the least cost (`align`), and what
the alignment is not sure of becomes a doubt. What reached no field is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kaoji.core.provenance import Repair
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import Manuscript, Row
from kaoji.documents.reading import FormReading, Problem, Reading
from kaoji.documents.recognise.assemble import Found, assemble
from kaoji.documents.recognise.atoms import atoms_of
from kaoji.documents.recognise.blank_form import about_blank_form, without_blank_forms
from kaoji.documents.recognise.captions import is_title
from kaoji.documents.recognise.explain import Explanation
from kaoji.documents.recognise.finish import finish
from kaoji.documents.recognise.glosses import without_gloss
from kaoji.documents.recognise.instructions import about_instructions, instructions_in
from kaoji.documents.recognise.noise import contents_in, fit_to_keep, noise_in
from kaoji.documents.recognise.side_by_side import one_after_the_other
from kaoji.documents.recognise.unread import about_unread
from kaoji.documents.recognise.unsure import doubt_flaws, doubt_unsure

_FEW_ROWS = 12


def explain(manuscript: Manuscript) -> list[Sentence]:
    """Why the rows of a document's tables are read as they are: heading by heading, row by row."""
    explanation = Explanation()
    rows = [fit_to_keep(row, []) for row in manuscript.rows]
    kept = _kept(rows, noise_in(rows), instructions_in(rows))
    assemble(atoms_of(kept, manuscript), explanation.hear)
    return explanation.sentences


def recognise(manuscript: Manuscript) -> Reading:
    """Find every form in a document and read it."""
    problems = list(_about_source(manuscript))
    rows = [fit_to_keep(row, problems) for row in manuscript.rows]
    forms = list(_read(rows, manuscript, problems))
    if not forms:
        problems = [_why_none(rows, manuscript)]
    return Reading(manuscript.source, tuple(forms), tuple(problems))


def _kept(
    rows: Sequence[Row], noise: Mapping[int, Sentence], instructions: Iterable[range]
) -> list[Row]:
    """The rows without lines that carry no content, tables of contents, instructions and glosses;
    forms side by side one after the other.
    """
    out = {*noise, *contents_in(rows), *chain.from_iterable(instructions)}
    kept = [without_gloss(row) for n, row in enumerate(rows) if n not in out]
    return one_after_the_other(kept)


def _why_none(rows: Sequence[Row], manuscript: Manuscript) -> Problem:
    """A form that nobody filled in, a title with nothing below it, or no sign of a form at all."""
    kept = _kept(rows, noise_in(rows), instructions_in(rows))
    blank = about_blank_form(atoms_of(kept, manuscript), manuscript.source.name)
    if blank:
        return blank
    few = [row for row in rows if row.filled][:_FEW_ROWS]
    for row in few if len(rows) < _FEW_ROWS else ():
        if is_title(row.filled[0].text):
            told = say("标题“{title}”下面没有表的内容", title=row.filled[0].text[:40])
            return Problem(told, row.origin)
    return Problem(say("没有找到“财政项目支出绩效目标申报表”"))


def _about_source(manuscript: Manuscript) -> Iterator[Problem]:
    """What could not be decoded, was a picture, or is not shown to a reader of the document."""
    for place in manuscript.damaged:
        yield Problem(say("该行有无法解码的字符"), place)
    for place in manuscript.pictures:
        told = say("第 {page} 页是图片，没有文字层，未能读取", page=place.page)
        yield Problem(told, place)
    for item in manuscript.omissions:
        yield Problem(item.told, item.origin)


def _read(
    rows: Sequence[Row], manuscript: Manuscript, problems: list[Problem]
) -> Iterator[FormReading]:
    noise, instructions = noise_in(rows), instructions_in(rows)
    atoms = atoms_of(_kept(rows, noise, instructions), manuscript)
    found = assemble(atoms)
    _tell_noise(found, rows, noise)
    forms = list(map(finish, found.drafts))
    if manuscript.recognised:
        forms = [doubt_unsure(form, rows) for form in forms]
    yield from doubt_flaws(forms, rows, problems)
    used = set().union(*(draft.used for draft in found.drafts))
    first = next((n for n, atom in enumerate(atoms) if atom in used), 0)
    left, blank = without_blank_forms(found.left, manuscript.source.name)
    problems += [*blank, *about_unread(left, set(atoms[:first]))]
    problems += about_instructions(rows, instructions)


def _tell_noise(found: Found, rows: Sequence[Row], noise: Mapping[int, Sentence]) -> None:
    """A line left out inside a form is told with that form."""
    places = {id(cell): n for n, row in enumerate(rows) for cell in row.cells}
    begins = [
        min(
            (places[id(atom.cell)] for atom in draft.used if id(atom.cell) in places), default=0
        )
        for draft in found.drafts
    ]
    for place, what in noise.items():
        own = bisect_right(begins, place) - 1
        if own >= 0:
            found.drafts[own].repairs.append(Repair("form", what, rows[place].origin))
