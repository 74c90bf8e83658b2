"""Ex-ante evaluation (事前绩效评估) of a new policy or project: what it argues, and what follows from it.

The five aspects are those that 中发〔2018〕34号 (七) asks for with new major policies and projects; conclusions are
those in use in practice.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

SCHEMA = "ex-ante/1"

ASPECT_NAMES = {
    "necessity": "立项必要性",
    "economy": "投入经济性",
    "goals": "绩效目标合理性",
    "plan": "实施方案可行性",
    "financing": "筹资合规性",
}
JUDGEMENT_NAMES = {"meets": "符合", "mostly": "基本符合", "fails": "不符合"}
CONCLUSION_NAMES = {
    "support": "予以支持",
    "adjust": "调整完善后支持",
    "refuse": "不予支持",
}


@dataclass(frozen=True)
class Argument:
    """One aspect: the judgement, and the facts it rests on."""

    judgement: str
    text: str


@dataclass(frozen=True)
class ExAnte:
    """A whole evaluation. *amount* is what is asked for in the first year, in yuan."""

    place: str
    project: str
    year: int
    amount: Decimal
    about: str
    method: str
    arguments: dict[str, Argument]
    conclusion: str
    advice: str = ""

    @property
    def failed(self) -> list[str]:
        """The aspects that do not hold."""
        return [name for name, item in self.arguments.items() if item.judgement == "fails"]


@dataclass(frozen=True)
class Beginning:
    """How a project came into a year's budget: is it new, and what did its ex-ante evaluation conclude?

    *conclusion* is a key of `CONCLUSION_NAMES`, `pending` while finance has not looked, None without an evaluation.
    """

    is_new: bool
    conclusion: str | None = None


def ex_ante_as_data(told: ExAnte) -> dict[str, Any]:
    """The evaluation as JSON-ready data; the amount as a decimal string."""
    return {"schema": SCHEMA, **asdict(told), "amount": f"{told.amount:.2f}"}


def ex_ante_from_data(data: dict[str, Any]) -> ExAnte:
    """Read back what `ex_ante_as_data` wrote. Raises ValueError for another schema."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"{data.get('schema')!r} is not {SCHEMA}")
    told = {key: value for key, value in data.items() if key != "schema"}
    told["amount"] = Decimal(told["amount"])
    # In the order of the law, whatever the order of keys.
    kept = told["arguments"]
    told["arguments"] = {name: Argument(**kept[name]) for name in ASPECT_NAMES if name in kept}
    return ExAnte(**told)
