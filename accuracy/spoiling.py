"""One way each to spoil a clean form: give it another target, class, name, goal or amount.

A mutator takes a clean form and a source of chance, and gives the spoilt form with the place
of the fault; None where the form has nothing to spoil in this way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.target import Target

# A rule, the place of the fault, the spoilt form, and what stands beside it.
Spoilt = tuple[Declaration, str]
Mutator = Callable[[Declaration, Random], Spoilt | None]

VAGUE = (
    "较好",
    "明显改善",
    "到位",
    "良好",
    "有所提升",
    "较高",
    "显著",
    "优秀",
    "持续改善",
    "逐步提高",
)
SENTENCES = (
    "按照上级要求完成全部工作任务",
    "做好各项服务保障，确保群众满意",
    "根据实际情况安排实施进度",
)
PLACEHOLDERS = ("无", "待定", "/", "按计划", "不涉及", "XX", "暂无")
ORDERS = (
    "提升{}",
    "加强{}建设",
    "确保{}落实",
    "切实做好{}工作",
    "开展{}工作",
    "完成{}任务",
    "推进{}",
)
SYNONYMS = {
    "人数": "人员数",
    "合格率": "合格比率",
    "满意度": "满意率",
    "居民": "住户",
    "监测": "检测",
}
EMPTY_GOALS = (
    "进一步加强管理，不断提升水平，推动事业健康发展。",
    "切实提高工作质量，促进各项工作再上新台阶，更好服务群众。",
    "持续优化机制，强化责任落实，增强群众获得感。",
)
TASKS = (
    "修缮园区围墙，翻新文化长廊，清点馆藏书画，布置迎新橱窗，添置盆景花卉。",
    "举办厨艺比拼，评选最美阳台，绘制彩色井盖，放映露天影片，编排广场歌舞。",
)
LISTS = (
    "本年度安排器材采购、资料印刷、车辆租赁三类支出。",
    "项目内容为设备采购和场地布置，由办公室具体实施。",
)


def put(form: Declaration, row: Indicator, **changes: object) -> Declaration:
    """The form with one indicator changed."""
    rows = list(form.indicators)
    if isinstance(changes.get("target"), str):
        changes["target"] = Target.parse(str(changes["target"]))
    rows[row.position] = replace(row, **changes)  # type: ignore[arg-type]
    return replace(form, indicators=tuple(rows))


def without(form: Declaration, keep: Callable[[Indicator], bool]) -> Declaration:
    """The form with only some of its indicators."""
    return replace(form, indicators=tuple(filter(keep, form.indicators)))


def with_row(
    form: Declaration, level1: str, level2: str, name: str, target: str
) -> Declaration:
    """The form with an indicator more."""
    row = Indicator(level1, level2, name, Target.parse(target))
    return replace(form, indicators=(*form.indicators, row))


def one(form: Declaration, chance: Random, label: str) -> Indicator | None:
    """Any indicator of a class."""
    rows = list(form.under(label))
    return chance.choice(rows) if rows else None


def with_funds(form: Declaration, **amounts: int | None) -> Declaration:
    """The form with other money, in yuan."""
    changes = {
        name: None if value is None else Money(Decimal(value))
        for name, value in amounts.items()
    }
    return replace(form, funds=replace(form.funds, **changes))


def yuan(form: Declaration) -> int:
    """The money of a clean form."""
    return int((form.funds.total or Money.zero()).yuan)


def retarget(label: str, texts: tuple[str, ...]) -> Mutator:
    """Give an indicator of a class another target."""

    def mutate(form: Declaration, chance: Random) -> Spoilt | None:
        row = one(form, chance, label)
        return (put(form, row, target=chance.choice(texts)), row.name) if row else None

    return mutate


def add(label: str, *choices: tuple[str, str]) -> Mutator:
    """Add a faulty indicator: level 1 / level 2, and name and target at choice."""

    def mutate(form: Declaration, chance: Random) -> Spoilt:
        level1, level2 = label.split("/")
        name, target = chance.choice(choices)
        return with_row(form, level1, level2, name, target), name

    return mutate


def whole(mutator: Mutator) -> Mutator:
    """The same fault, which its rule reports of the table as a whole."""

    def mutate(form: Declaration, chance: Random) -> Spoilt | None:
        spoilt = mutator(form, chance)
        return spoilt and (spoilt[0], "indicators")

    return mutate


def shares_only(form: Declaration, _: Random) -> Spoilt:
    """Percentages instead of counts."""
    rows = tuple(
        replace(row, target=Target.parse("≥95%")) if row.level2 == "数量指标" else row
        for row in form.indicators
    )
    return replace(form, indicators=rows), "indicators"


def regoal(texts: tuple[str, ...]) -> Mutator:
    """Another annual goal."""

    def mutate(form: Declaration, chance: Random) -> Spoilt:
        return replace(form, annual_goal=chance.choice(texts)), "annual_goal"

    return mutate


def append(texts: tuple[str, ...]) -> Mutator:
    """A sentence more in the annual goal."""

    def mutate(form: Declaration, chance: Random) -> Spoilt:
        return replace(
            form, annual_goal=f"{form.annual_goal}{chance.choice(texts)}"
        ), "annual_goal"

    return mutate


def drop(label: str) -> Mutator:
    """Leave out a class."""

    def mutate(form: Declaration, _: Random) -> Spoilt:
        return without(form, lambda row: label not in {row.level1, row.level2}), "indicators"

    return mutate


def funds(place: str, **shares: float | None) -> Mutator:
    """Other amounts, in shares of the money of the clean form."""

    def mutate(form: Declaration, _: Random) -> Spoilt:
        whole = yuan(form)
        amounts = {
            name: None if share is None else int(whole * share)
            for name, share in shares.items()
        }
        return with_funds(form, **amounts), f"funds.{place}"

    return mutate


def head(place: str, **changes: object) -> Mutator:
    """Other values in the head."""

    def mutate(form: Declaration, _: Random) -> Spoilt:
        return replace(form, **changes), place  # type: ignore[arg-type]

    return mutate


def as_order(form: Declaration, chance: Random) -> Spoilt | None:
    """A name that tells somebody to do something."""
    row = one(form, chance, "产出指标")
    if row is None:
        return None
    stem = row.name.rstrip("率数")
    name = chance.choice(ORDERS).format(stem)
    return put(form, row, level3=name), name


def twice(form: Declaration, chance: Random) -> Spoilt | None:
    """The same measure again in nearly the same words."""
    row = one(form, chance, "产出指标") or one(form, chance, "效益指标")
    if row is None:
        return None
    name = row.name
    for word, other in SYNONYMS.items():
        name = name.replace(word, other)
    name = name if name != row.name else f"{name[0]}区{name[1:]}"
    spoilt = with_row(form, row.level1 or "", row.level2 or "", name, row.target.text)
    return spoilt, name


def moved(label: str, level1: str, level2: str) -> Mutator:
    """An indicator under another class."""

    def mutate(form: Declaration, chance: Random) -> Spoilt | None:
        row = one(form, chance, label)
        return (put(form, row, level1=level1, level2=level2), row.name) if row else None

    return mutate


def bare_number(form: Declaration, chance: Random) -> Spoilt | None:
    """A number without its unit."""
    row = one(form, chance, "数量指标")
    return (put(form, row, target=f"={row.target.value}"), row.name) if row else None


def flipped(form: Declaration, chance: Random) -> Spoilt | None:
    """The sign the other way round."""
    rows = [row for row in form.indicators if row.name.endswith(("率", "满意度", "成本"))]
    if not rows:
        return None
    row = chance.choice(rows)
    text = row.target.text
    flipped_text = text.replace("≥", "≤") if "≥" in text else text.replace("≤", "≥")
    return put(form, row, target=flipped_text), row.name


def named_value(form: Declaration, chance: Random) -> Spoilt | None:
    """The target inside the name."""
    row = one(form, chance, "数量指标")
    if row is None:
        return None
    name = f"{row.name}达到{row.target.text.lstrip('≥=')}"
    return put(form, row, level3=name), name


def unweighted(form: Declaration, chance: Random) -> Spoilt:
    """Points that do not add up."""
    count = len(form.indicators)
    rows = tuple(
        replace(row, weight=Decimal(90 // count - chance.choice((1, 2, 3))))
        for row in form.indicators
    )
    return replace(form, indicators=rows), "indicators"


def all_hundred(form: Declaration, _: Random) -> Spoilt:
    """Nothing but 100 %."""
    rows = tuple(replace(row, target=Target.parse("=100%")) for row in form.indicators)
    return replace(form, indicators=rows), "indicators"


def figure_more(form: Declaration, chance: Random) -> Spoilt:
    """A number in the goal for which there is no indicator."""
    more = chance.choice(
        ("另建成示范点 7 个。", "举办宣传活动 19 场。", "组建一支 33 人的队伍。")
    )
    return replace(form, annual_goal=f"{form.annual_goal}{more}"), "annual_goal"


def repeated(form: Declaration, _: Random) -> Spoilt:
    """The goal says it twice."""
    return replace(form, annual_goal=f"{form.annual_goal}{form.annual_goal}"), "annual_goal"


def verbose(form: Declaration, _: Random) -> Spoilt:
    """A goal without end."""
    clauses = "".join(f"第{number}项任务由责任科室牵头组织落实到人；" for number in range(40))
    return replace(form, annual_goal=f"{form.annual_goal}{clauses}"), "annual_goal"


def same_goals(form: Declaration, _: Random) -> Spoilt:
    """The annual goal is the overall one."""
    return replace(form, annual_goal=form.overall_goal), "annual_goal"


def in_words(form: Declaration, chance: Random) -> Spoilt:
    """Most of the targets in words."""
    rows = [
        replace(row, target=Target.parse(chance.choice(VAGUE))) if place else row
        for place, row in enumerate(form.indicators)
    ]
    return replace(form, indicators=tuple(rows)), "indicators"


def without_class_numbers(label: str) -> Mutator:
    """No number left in a class."""

    def mutate(form: Declaration, chance: Random) -> Spoilt:
        rows = tuple(
            replace(row, target=Target.parse(chance.choice(VAGUE)))
            if label in {row.level1, row.level2}
            else row
            for row in form.indicators
        )
        return replace(form, indicators=rows), "indicators"

    return mutate


def large(form: Declaration, _: Random) -> Spoilt:
    """Ten times the money, and no price."""
    spoilt = without(form, lambda row: row.level2 != "成本指标")
    amount = max(yuan(form) * 10, 20_000_000)
    return with_funds(
        spoilt, total=amount, fiscal=amount, annual_total=amount, annual_fiscal=amount
    ), "indicators"


def dear(form: Declaration, chance: Random) -> Spoilt | None:
    """A price that, times the one quantity in its unit, is twice the money."""
    counted = [row for row in form.under("数量指标") if row.target.value and row.target.unit]
    units = [row.target.unit for row in counted]
    alone = [row for row in counted if units.count(row.target.unit) == 1]
    if not alone:
        return None
    row = chance.choice(alone)
    price = int(yuan(form) * 2 / float(row.target.value or 1)) + 1
    name = f"{row.name}单价"
    return with_row(form, "产出指标", "成本指标", name, f"≤{price}元/{row.target.unit}"), name


def counted_again(form: Declaration, chance: Random) -> Spoilt:
    """One number of people as an output, and again as a benefit."""
    count = chance.choice((1237, 4519, 862))
    counted = with_row(form, "产出指标", "数量指标", "接受入户服务的居民人数", f"={count}人")
    name = "受益于入户服务的居民人数"
    return with_row(counted, "效益指标", "社会效益指标", name, f"≥{count}人"), name


def whole_budget(form: Declaration, _: Random) -> Spoilt:
    """One cost: all the money."""
    bare = without(form, lambda row: row.level2 != "成本指标")
    name = "项目总成本"
    amount = form.funds.annual_total or form.funds.total
    return with_row(
        bare, "产出指标", "成本指标", name, f"≤{amount.yuan if amount else 0:f}元"
    ), name


def without_nature(form: Declaration, _: Random) -> Spoilt:
    """A project against dust whose benefits only tell of people's opinion."""
    bare = without(form, lambda row: row.level1 != "效益指标")
    dusty = replace(bare, project_name="城区降尘抑尘服务")
    return with_row(dusty, "效益指标", "社会效益指标", "市民来信件数", "≤20件"), "indicators"


def of_another_policy(form: Declaration, chance: Random) -> Spoilt:
    """A row that was copied from the form of another benefit."""
    name, target = chance.choice(
        [("农村低保标准", "=530元/人·月"), ("孤儿养育标准", "=1900元/人·月")]
    )
    relief = replace(form, project_name="临时救助", overall_goal=None)
    return with_row(relief, "成本指标", "经济成本指标", name, target), name
