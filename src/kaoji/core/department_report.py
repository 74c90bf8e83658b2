"""A department's report on all its projects: of a monitoring (绩效运行监控报告) or of a year (绩效自评汇总报告).

What it says of projects is taken from what was filed; what people write of their work stands in *words*. Both are
kept together as one JSON, so that the paper can be written again as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

# The second knows causes and remedies. A report that tells none is written under the first: the same
# words give the same bytes, and the same hash, as before.
_FIRST, SCHEMA = "department-report/1", "department-report/2"

MONITORING, SELF_EVALUATION = "monitoring", "self_evaluation"
REPORT_NAMES = {MONITORING: "绩效运行监控报告", SELF_EVALUATION: "绩效自评汇总报告"}

# What the department writes itself, by kind and in the order of the paper.
REPORT_PARTS = {
    MONITORING: {
        "organised": "监控工作组织实施情况",
        "problems": "存在的主要问题",
        "measures": "下一步改进措施和工作建议",
    },
    SELF_EVALUATION: {
        "organised": "自评工作组织开展情况",
        "measures": "偏离绩效目标的原因和改进措施",
        "use": "自评结果应用和公开情况",
    },
}


@dataclass(frozen=True)
class Deviation:
    """An indicator that is behind or was missed, as the unit filed it, why, and what will be done.

    *causes* are the kinds that the unit ticked, of a monitoring only.
    """

    indicator: str
    target: str
    reached: str
    reason: str
    likelihood: str = ""
    causes: tuple[str, ...] = ()
    remedy: str = ""


@dataclass(frozen=True)
class ReportedProject:
    """One project of the department. Money in yuan, None where nothing was filed.

    *state* is `missing`, `filed`, `accepted` or `returned`; *light*, *advice* belong to a monitoring,
    *score*, *grade*, *met* (by first-level class: met, all) to a self-evaluation.
    """

    name: str
    unit: str
    state: str
    budget: Decimal | None = None
    executed: Decimal | None = None
    light: str = ""
    advice: str = ""
    score: Decimal | None = None
    grade: str = ""
    is_rechecked: bool = False
    is_public: bool = False
    met: tuple[tuple[str, int, int], ...] = ()
    deviations: tuple[Deviation, ...] = ()

    @property
    def is_filed(self) -> bool:
        """Has the unit filed, and was it not sent back?"""
        return self.state in {"filed", "accepted"}


@dataclass(frozen=True)
class DepartmentReport:
    """All that one paper says. *title* is the period's for a monitoring; *until* the last day looked at."""

    kind: str
    place: str
    year: int
    title: str
    until: date
    projects: tuple[ReportedProject, ...]
    words: dict[str, str]

    @property
    def filed(self) -> list[ReportedProject]:
        """The projects that filed."""
        return [item for item in self.projects if item.is_filed]


def rate_of(projects: Sequence[ReportedProject]) -> Decimal | None:
    """What was spent of the budget of these projects, in percent; None without a budget."""
    budget = sum((item.budget or Decimal(0) for item in projects), Decimal(0))
    spent = sum((item.executed or Decimal(0) for item in projects), Decimal(0))
    return spent / budget * 100 if budget else None


def report_as_data(report: DepartmentReport) -> dict[str, Any]:
    """The report as JSON-ready data; numbers as decimal strings, what is empty left out."""
    told = asdict(report)
    told["until"] = report.until.isoformat()
    told["projects"] = [_lean(item) for item in told["projects"]]
    newer = any(one.keys() & _NEWER for item in told["projects"] for one in _deviations(item))
    return {"schema": SCHEMA if newer else _FIRST, **told}


def report_from_data(data: dict[str, Any]) -> DepartmentReport:
    """Read back what `report_as_data` wrote. Raises ValueError for another schema."""
    if data.get("schema") not in {_FIRST, SCHEMA}:
        raise ValueError(f"{data.get('schema')!r} is not {SCHEMA}")
    told = {key: value for key, value in data.items() if key != "schema"}
    told["until"] = date.fromisoformat(told["until"])
    told["projects"] = tuple(_project(item) for item in told["projects"])
    return DepartmentReport(**told)


_NUMBERS = ("budget", "executed", "score")
_NEWER = frozenset({"causes", "remedy"})
_DEFAULTS = {item.name: item.default for item in fields(ReportedProject)}


def _lean(item: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in item.items() if value != _DEFAULTS[key]}
    for name in _NUMBERS:
        if name in kept:
            kept[name] = f"{kept[name]:f}"
    if "deviations" in kept:
        kept["deviations"] = tuple(
            {key: value for key, value in one.items() if value or key not in _NEWER}
            for one in kept["deviations"]
        )
    return kept


def _deviations(item: dict[str, Any]) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = item.get("deviations", ())
    return found


def _project(data: dict[str, Any]) -> ReportedProject:
    told = dict(data)
    for name in _NUMBERS:
        if name in told:
            told[name] = Decimal(told[name])
    told["met"] = tuple(tuple(item) for item in told.get("met", ()))
    told["deviations"] = tuple(_deviation(item) for item in _deviations(told))
    return ReportedProject(**told)


def _deviation(data: dict[str, Any]) -> Deviation:
    return Deviation(**{**data, "causes": tuple(data.get("causes", ()))})
