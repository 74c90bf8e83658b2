"""The tables of the package: their columns with type, unit, meaning, and how they hang together.

declarations ──< funds
             ──< indicators ──1 results     only once finance has looked at the results
             ──< spending                   the same
             ──1 grades                     the same
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kaoji.core.speech import Sentence, say
from kaoji.core.target import Op

YUAN = "元"
SOURCES = ("total", "fiscal", "carryover", "other")


@dataclass(frozen=True)
class Column:
    """One column. *type* is a word of Table Schema; *among* lists all values there are, where they are few."""

    name: str
    type: str
    title: Sentence
    meaning: Sentence | None = None
    unit: str = ""
    required: bool = False
    among: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        """May anything stand in it that somebody wrote?"""
        return self.type == "string" and not self.among


@dataclass(frozen=True)
class Reference:
    """*columns* name a row of *table* by its *keys*."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One file of the package: a line of names, then a line for each row, in the order of the declarations."""

    name: str
    title: Sentence
    meaning: Sentence
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> Iterator[str]:
        """How the columns are called, in their order."""
        return (column.name for column in self.columns)


_DECLARATION = Column(
    "declaration", "integer", say("项目编号"), say("declarations 表的 id"), required=True
)
_INDICATOR = Column(
    "indicator", "integer", say("指标序号"), say("在公开的版本里从 1 数起"), required=True
)
_OF_A_DECLARATION = Reference(("declaration",), "declarations", ("id",))
_SCOPE = Column(
    "scope", "string", say("期间"), say("year 指本年度，project 指整个项目期"), required=True,
    among=("year", "project"),
)  # fmt: skip

DECLARATIONS = Table(
    "declarations",
    say("公开的项目"),
    say("一行一个公开的项目支出绩效目标，以批复的版本为准"),
    (
        Column(
            "id",
            "integer",
            say("编号"),
            say("与公开页地址里的编号相同，不会改变"),
            required=True,
        ),
        Column("year", "year", say("年度")),
        Column("project_name", "string", say("项目名称"), required=True),
        Column("project_category", "string", say("项目类别")),
        Column("project_nature", "string", say("项目性质")),
        Column("department", "string", say("主管部门")),
        Column("implementing_unit", "string", say("实施单位")),
        Column("start_date", "date", say("开始日期")),
        Column("end_date", "date", say("结束日期")),
        Column("overall_goal", "string", say("项目总目标")),
        Column("annual_goal", "string", say("年度总目标")),
        Column(
            "revision", "integer", say("版本号"), say("公开的是批复的第几版"), required=True
        ),
        Column("public_from", "date", say("公开日期"), required=True),
    ),
    ("id",),
)
FUNDS = Table(
    "funds",
    say("资金"),
    say("表上写了的资金，按期间和来源各一行；没有写的没有行"),
    (
        _DECLARATION,
        _SCOPE,
        Column(
            "source", "string", say("资金来源"),
            say("total 合计，fiscal 财政拨款，carryover 上年结转，other 其他资金"),
            required=True, among=SOURCES,
        ),
        Column("amount", "number", say("金额"), unit=YUAN, required=True),
    ),
    ("declaration", "scope", "source"),
    (_OF_A_DECLARATION,),
)  # fmt: skip
INDICATORS = Table(
    "indicators",
    say("指标"),
    say("承诺的每一项指标；先是本年度的，后是整个项目期的"),
    (
        _DECLARATION,
        _INDICATOR,
        _SCOPE,
        Column("level1", "string", say("一级指标")),
        Column("level2", "string", say("二级指标")),
        Column("level3", "string", say("三级指标")),
        Column("target", "string", say("指标目标值"), say("表上的原文")),
        Column(
            "comparison", "string", say("比较符"), say("range 指在两数之间；期限的 <= 指不晚于"),
            among=tuple(op.value for op in Op),
        ),
        Column("value", "number", say("目标数值"), say("单位在 unit 一列")),
        Column("value_high", "number", say("目标数值上限"), say("只有在两数之间的才有")),
        Column("unit", "string", say("单位")),
        Column(
            "kind", "string", say("定量定性"),
            say("quantitative 可以用数或日期核对，qualitative 只能判断"),
            among=("quantitative", "qualitative"),
        ),
        Column("weight", "number", say("分值"), say("表上写了分值的才有"), unit="分"),
    ),
    ("declaration", "indicator"),
    (_OF_A_DECLARATION,),
)  # fmt: skip
RESULTS = Table(
    "results",
    say("指标的结果"),
    say("财政复核过的项目，本年度每一项指标做到没有"),
    (
        _DECLARATION,
        _INDICATOR,
        Column("actual", "string", say("完成值"), say("单位报的原文；没有报的为空")),
        Column("met", "boolean", say("做到没有"), say("不能判断的为空")),
        Column("evidence", "string", say("佐证"), say("完成值取自哪里；没有写明的为空")),
        Column("reason", "string", say("偏差原因"), say("单位写的；证件、电话、卡号已涂去")),
    ),
    ("declaration", "indicator"),
    (
        _OF_A_DECLARATION,
        Reference(("declaration", "indicator"), "indicators", ("declaration", "indicator")),
    ),
)
SPENDING = Table(
    "spending",
    say("各月用款"),
    say("财政复核过的项目每月用了多少；没有报数的月份没有行"),
    (
        _DECLARATION,
        Column("month", "yearmonth", say("月份"), required=True),
        Column("amount", "number", say("金额"), unit=YUAN, required=True),
    ),
    ("declaration", "month"),
    (_OF_A_DECLARATION,),
)
GRADES = Table(
    "grades",
    say("得分和等级"),
    say("财政复核过的项目各一行：单位自评，财政复核后的得分"),
    (
        _DECLARATION,
        Column("reviewed_on", "date", say("财政复核日期"), required=True),
        Column("budget", "number", say("年度预算"), unit=YUAN),
        Column("executed", "number", say("全年用款"), unit=YUAN, required=True),
        Column("indicators", "integer", say("承诺项数"), required=True),
        Column("met", "integer", say("做到项数"), required=True),
        Column("score", "number", say("得分"), say("满分 100"), unit="分", required=True),
        Column("grade", "string", say("等级"), required=True),
    ),
    ("declaration",),
    (_OF_A_DECLARATION,),
)
TABLES = (DECLARATIONS, FUNDS, INDICATORS, RESULTS, SPENDING, GRADES)
