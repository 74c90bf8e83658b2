"""Why rows that came together cannot be taken: every row at fault is named, and none is taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kaoji.core.speech import Sentence, say
from kaoji.documents.rows_json import Rows
from kaoji.documents.spending_sheet import SpendingSheet
from kaoji.platform.refusals import UnableToAct


class UnableToImport(UnableToAct):
    """Rows that cannot be taken; *refusals* name each, *sheet* is what was read. Nothing was entered."""

    def __init__(
        self, refusals: tuple[Sentence, ...], sheet: SpendingSheet | None = None
    ) -> None:
        self.refusals, self.sheet = refusals, sheet
        super().__init__(refusals[0])


def hidden_parts(rows: Rows) -> list[Sentence]:
    """Why a sheet that hides rows is not taken: nobody could tell whether they count."""
    return [
        say("{what}；请取消隐藏或筛选，或删去这些行再导入", what=item.told)
        for item in rows.omissions
    ]


@dataclass
class Refusals:
    """Why lines cannot be taken, told in the order of the lines."""

    by_line: dict[int, Sentence] = field(default_factory=dict)

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """Note why what is tried here is refused; the first reason of a line stands."""
        try:
            yield
        except UnableToAct as refusal:
            told = say("第 {line} 行：{why}", line=line, why=refusal.sentence)
            self.by_line.setdefault(line, told)

    def tell(self) -> None:
        """Raise UnableToImport where there are any."""
        if self.by_line:
            raise UnableToImport(tuple(self.by_line[line] for line in sorted(self.by_line)))
