"""Are the remarks right on forms of other fields? The report as a reader gets it, cell by cell.

92 real forms of other fields and provinces were labelled by reading, without the program.
The rules were improved with the *working* half at hand; of the *untouched* half only the counts are
looked at. Well-made forms, invented and written to be signed without a remark, should get none at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.finding import Outcome, Severity
from kaoji.core.indicator import Indicator
from kaoji.rules.context import Context
from kaoji.rules.engine import RuleFinding, check
from kaoji.rules.plain_signs import plain

LABELS = Path(__file__).parent / "labels"
HALVES = ("working", "untouched")
# From which form on a half was added on 2026-11-28, labelled by who improved the rules afterwards.
ADDED: Mapping[str, int] = {"working": 51, "untouched": 23}
# One remark says of a value that it cannot be measured, one of a row that it belongs elsewhere; a
# reviewer's list may say it in several ways.
_ONE_REMARK = (
    frozenset({"KJ301", "KJ302", "KJ303", "KJ304", "KJ307", "KJ313"}),
    frozenset({"KJ703", "KJ716"}),
)
# A remark that says more than another says that one too: a cost in words without money is unmeasurable.
_SAYS_ALSO: Mapping[str, frozenset[str]] = {
    "KJ611": frozenset({"KJ301"}),
    "KJ716": frozenset({"KJ703"}),
    "KJ717": frozenset({"KJ702"}),
}
_HEAD = ("project_name", "project_category", "project_nature", "department", "implementing_unit", "year", "overall_goal", "annual_goal")  # fmt: skip
# What readers found that no rule covered when they read, by the word with which their remark
# begins, and the rules that were made or widened for it since. A beginning that says no more than
# what a row is about (规格, 完成率) would match remarks of another kind, and flatter.
_SINCE: Mapping[str, tuple[str, ...]] = {
    "模板占位": ("KJ113", "KJ107"),
    "名称残留模板占位": ("KJ113",),
    "模板痕迹": ("KJ113",),
    "百分比含义不明": ("KJ320",),
    "不可计量的名称配百分比": ("KJ320",),
    "名称与值不对应": ("KJ320",),
    "时效只写期间": ("KJ321",),
    "时效值过宽": ("KJ321",),
    "时效没有时点": ("KJ321", "KJ606"),
    "时效超出预算年度": ("KJ212",),
    "成本指标无金额": ("KJ611",),
    "成本指标没有金额": ("KJ611",),
    "效益当作成本": ("KJ611",),
    "成本指标名称不是成本": ("KJ611",),
    "数量指标写成金额": ("KJ612",),
    "资金写成数量": ("KJ612",),
    "单价×数量≠资金": ("KJ714",),
    "成本照抄预算总额": ("KJ715",),
    "成本只写预算总额": ("KJ715",),
    "满意度写入社会效益": ("KJ608",),
    "满意度放在效益里": ("KJ608",),
    "质量指标写成完成率": ("KJ604",),
    "名称写成问句": ("KJ405",),
    "名称不是可测的量": ("KJ405",),
    "空设指标": ("KJ107", "KJ405"),
    "过程管理当": ("KJ603",),
    "资金保障不是产出": ("KJ603",),
    "资金到位作时效": ("KJ603",),
    "同一内容": ("KJ403", "KJ412"),
    "同一数量": ("KJ412",),
    "同一指标列在不同类别": ("KJ403", "KJ412"),
    "名称不完整": ("KJ610", "KJ410"),
    "目标任务无对应指标": ("KJ702", "KJ717"),
    "规格当作数量": ("KJ614",),
    "分类错误": ("KJ614",),
    "目标写成单位介绍": ("KJ508",),
    "资金分项与总额不符": ("KJ215",),
    "没有写要达到哪一档": ("KJ107",),
    "完成进度当作质量": ("KJ604",),
    "名称不是指标": ("KJ403",),
    "成本放在数量": ("KJ612",),
    "资金管理当作质量": ("KJ603",),
    "满意度放在质量": ("KJ609",),
    "标准当作质量": ("KJ604",),
    "成本标准放在质量": ("KJ604",),
    "合规率低于100%": ("KJ316",),
    "指标跨年度": ("KJ212",),
    "数量空泛": ("KJ301",),
    "效益与项目不相关": ("KJ716",),
    "缺核心效益指标": ("KJ114",),
    "二级归错一级": ("KJ613",),
    "定性指标独占高分": ("KJ407",),
    "指标值写成完成情况": ("KJ302",),
    "单位写法不规范": ("KJ309",),
    "效果当": ("KJ609",),
}
_NOT_COVERED = "NEW"


@dataclass(frozen=True)
class Label:
    """What a reader said of a cell: is the rule's remark right, and must it be made?"""

    right: bool
    must: bool
    remark: str


@dataclass
class Judged:
    """How the remarks on some forms fared: *right* and *false* by severity, what was *missed*."""

    right: Counter[Severity] = field(default_factory=Counter)
    false: Counter[Severity] = field(default_factory=Counter)
    open: int = 0
    found: int = 0
    missed: int = 0
    forms: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def remarks(self) -> float:
        """Remarks a form."""
        return (self.right.total() + self.false.total() + self.open) / self.forms

    def precision(self, severity: Severity | None = None) -> tuple[int, int]:
        """Right remarks, and all that count: of one severity, or of every one."""
        kinds = [severity] if severity else list(Severity)
        right = sum(self.right[kind] for kind in kinds)
        return right, right + sum(self.false[kind] for kind in kinds)

    @property
    def recall(self) -> tuple[int, int]:
        """Of what a strict reviewer must say, how much was said."""
        return self.found, self.found + self.missed


def share(count: int, of: int) -> float:
    """A share; 1 of nothing."""
    return count / of if of else 1.0


def interval(count: int, of: int) -> tuple[float, float]:
    """Wilson's interval in which the true share lies with 95 %."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, count / of
    middle, spread = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def judge_fields(half: str, *, added: bool | None = None) -> Judged:
    """Every remark on the real forms of one half against its labels; of the *added* forms alone, or the first alone."""
    judged, labels = Judged(), _labels(half)
    said: set[tuple[int, str, str]] = set()
    for number, form in enumerate(_forms(f"fields_{half}"), start=1):
        if added is not None and added != (number >= ADDED[half]):
            labels = {key: label for key, label in labels.items() if key[0] != number}
            continue
        judged.forms += 1
        for item in remarks_on(form):
            _judge(item, _place(item, form), number, labels, said, judged)
    for (number, place), by_rule in labels.items():
        for rule, label in by_rule.items():
            if not (label.right and label.must):
                continue
            family = next((group for group in _ONE_REMARK if rule in group), {rule})
            if any((number, place, other) in said for other in family):
                judged.found += 1
            else:
                judged.missed += 1
                judged.wrong.append(f"{rule} missed: {number}, {place}: {label.remark}")
    return judged


def judge_well_made(half: str) -> Judged:
    """Every remark on a well-made form is one too many."""
    judged = Judged()
    for number, form in enumerate(_forms(f"wellmade_{half}"), start=1):
        judged.forms += 1
        for item in remarks_on(form):
            judged.false[item.severity] += 1
            judged.wrong.append(f"{item.rule.id} well made: {number}, {_place(item, form)}")
    return judged


def _judge(
    item: RuleFinding,
    place: str,
    number: int,
    labels: Mapping[tuple[int, str], Mapping[str, Label]],
    said: set[tuple[int, str, str]],
    judged: Judged,
) -> None:
    rule = item.rule.id
    known = labels.get((number, place), {})
    label = known.get(rule) or next(
        (known[other] for other in _SAYS_ALSO.get(rule, ()) if other in known), None
    )
    said.add((number, place, rule))
    said.update((number, place, other) for other in _SAYS_ALSO.get(rule, ()))
    for name, uncovered in known.items():
        if name.startswith(_NOT_COVERED) and _covers(rule, uncovered.remark):
            said.add((number, place, name))
            label = label or uncovered
    if label is None:
        judged.false[item.severity] += 1
        judged.wrong.append(f"{rule} false alarm: {number}, {place}")
    elif label.right:
        judged.right[item.severity] += 1
    else:
        judged.open += 1


def _covers(rule: str, remark: str) -> bool:
    return any(remark.startswith(kind) and rule in rules for kind, rules in _SINCE.items())


def remarks_on(form: Declaration) -> Iterator[RuleFinding]:
    """What the report says for certain; a caption that is not given is taken for one not printed."""
    absent = frozenset(name for name in _HEAD if getattr(form, name) is None)
    report = check(form, context=Context(absent=absent))
    yield from (item for item in report.findings if item.outcome is Outcome.FOUND)


def _place(item: RuleFinding, form: Declaration) -> str:
    """The name as the form has it: rules judge it in plain signs."""
    about = item.finding.about
    if not isinstance(about, Indicator):
        return about
    own = form.indicators[about.position].name if about.position < len(form.indicators) else ""
    return own if plain(own) == about.name else about.name


def _forms(name: str) -> tuple[Declaration, ...]:
    return tuple(notation.parse_all((LABELS / f"{name}.txt").read_text("utf-8")))


def _labels(half: str) -> dict[tuple[int, str], dict[str, Label]]:
    labels: defaultdict[tuple[int, str], dict[str, Label]] = defaultdict(dict)
    for line in (LABELS / f"fields_{half}.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        rule, form, place, verdict, weight, remark = line.split("\t")
        label = Label(verdict == "yes", weight in {"must", "return"}, remark)
        known = labels[int(form), place]
        if rule == _NOT_COVERED:  # several such remarks may be made on one cell
            rule = f"{_NOT_COVERED} {remark.partition(':')[0]}"
        if rule not in known or not known[rule].right:
            known[rule] = label
    return dict(labels)
