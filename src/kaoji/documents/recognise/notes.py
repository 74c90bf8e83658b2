"""What is noted while a form is read: doubts, repairs, places, and what was left unread."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaoji.core.provenance import Doubt, Origin, Repair
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import Cell
from kaoji.documents.reading import Problem


@dataclass
class Notes:
    """The one thing that changes during a reading."""

    doubts: list[Doubt] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Origin] = field(default_factory=dict)

    def doubt(self, path: str, reason: Sentence, origin: Origin) -> None:
        """Note a value that the source does not settle."""
        self.doubts.append(Doubt(path, reason, origin))

    def repair(self, path: str, what: Sentence, origin: Origin) -> None:
        """Note something mended."""
        self.repairs.append(Repair(path, what, origin))

    def unread(self, cell: Cell) -> None:
        """Note a cell that nothing in the form accounts for."""
        self.problems.append(Problem(unread_sentence(cell), cell.origin))


def unread_sentence(cell: Cell) -> Sentence:
    """That a cell was not recognised, with the beginning of its text."""
    shown = cell.text if len(cell.text) <= 40 else f"{cell.text[:40]}…"
    return say("没有认出“{text}”", text=shown)
