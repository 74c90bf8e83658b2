"""A form while it is read: values, doubts and places so far, and which atoms were used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine
from kaoji.core.provenance import UNKNOWN_PLACE, Doubt, Origin, Repair
from kaoji.core.speech import Sentence
from kaoji.core.target import Target
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.atoms import Atom


@dataclass
class RowDraft:
    """One row of the indicator table so far; *doubts* by the column they are about.

    *labelled* tells that a level-2 label stands in the row itself, *column* where its name stands
    and *heading_column* where the heading announced names, *merged* that merged cells cover its
    blank labels, *displaced* that it left the column of its fragment; *in_columns* that the source
    has columns at all, *columns* are those that it fills, *clearly_cut* that
    only its neighbours have to say how it is cut, *of_cut* are the doubts that another cut came near; *exact* that its own cells say where each value stands. *causes* are the columns
    of causes that are ticked; *mended* tells what was put right, by the column it is about.
    """

    level1: str | None
    level2: str | None
    level3: str | None
    target: str | None
    weight: Decimal | None
    origin: Origin
    more: dict[str, str] = field(default_factory=dict)
    score: Decimal | None = None
    doubts: list[tuple[str, Sentence, Origin]] = field(default_factory=list)
    sure: dict[str, float] = field(default_factory=dict)
    places: dict[str, Origin] = field(default_factory=dict)
    guessed_level1: bool = False
    labelled: bool = False
    column: int | None = None
    heading_column: int | None = None
    fragment: int = 0
    merged: bool = False
    in_columns: bool = False
    exact: bool = False
    displaced: bool = False
    causes: tuple[str, ...] = ()
    mended: list[tuple[str, Sentence, Origin]] = field(default_factory=list)
    joined: bool = False
    columns: tuple[str, ...] = ()
    clearly_cut: bool = False
    of_cut: list[tuple[str, Sentence, Origin]] = field(default_factory=list)
    from_level1: bool = False
    line: tuple[object, ...] = ()
    _parsed: Target | None = None

    @property
    def parsed(self) -> Target:
        """What the target says; read once."""
        if self._parsed is None or self._parsed.text != (self.target or "").strip():
            said = Target.parse(self.target)
            if not said.measurable and self.target:
                said = shapes.target(self.target)
            text = (self.target or "").strip()
            self._parsed = said if said.text == text else replace(said, text=text)
        return self._parsed

    def doubt(self, column: str, reason: Sentence, origin: Origin | None = None) -> None:
        """Note a value of this row that the source does not settle."""
        self.doubts.append((column, reason, origin or self.origin))


@dataclass
class Draft:
    """One form so far. *head* are the atoms before its table, *used* those that reached a field.

    *texts* are all its texts, in which its layout is known again; *headed* tells that a heading
    stands over its rows which only a table of indicators has; *printed* are the fields whose
    captions stand in it.
    """

    values: dict[str, str] = field(default_factory=dict)
    funds: dict[str, Money] = field(default_factory=dict)
    year: int | None = None
    period: tuple[int, int] | None = None
    rows: list[RowDraft] = field(default_factory=list)
    overall_rows: list[RowDraft] = field(default_factory=list)
    budget: dict[str, BudgetLine] = field(default_factory=dict)
    total_score: Decimal | None = None
    extra: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    places: dict[str, Origin] = field(default_factory=dict)
    used: set[Atom] = field(default_factory=set)
    head: list[Atom] = field(default_factory=list)
    kind: str = "declaration"
    weak_unit: bool = False
    twin_funds: bool = False
    as_of: str | None = None
    usual_unit: str = "万元"
    texts: list[str] = field(default_factory=list)
    headed: bool = False
    printed: set[str] = field(default_factory=set)

    def doubt(self, name: str, reason: Sentence, atom: Atom | None = None) -> None:
        """Note a value that the source does not settle; the same is not said twice."""
        origin = atom.origin if atom else UNKNOWN_PLACE
        doubt = Doubt(name, reason, origin)
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    def repair(self, name: str, what: Sentence, atom: Atom) -> None:
        """Note something mended."""
        self.repairs.append(Repair(name, what, atom.origin))

    def use(self, atoms: Iterable[Atom]) -> None:
        """These atoms reached a field, or say nothing of their own."""
        self.used.update(atoms)

    def put(self, name: str, text: str, atom: Atom) -> None:
        """Set a value and where it stood."""
        self.values[name] = text
        self.places[name] = atom.origin
