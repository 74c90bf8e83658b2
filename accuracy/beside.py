"""Faults that show only beside another form: a neighbour, last year, what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from accuracy.mutations import Mutant
from accuracy.spoiling import with_funds, with_row, yuan
from kaoji.core.declaration import Declaration
from kaoji.core.ex_ante import Beginning
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.target import Kind, Op, Target
from kaoji.documents.checking import expected_scores
from kaoji.rules.context import Context, Norm, Past
from kaoji.rules.naming import bare_name
from kaoji.standards.lexicons import programmes

_TEN, _NINETY = Decimal(10), Decimal(90)
NEIGHBOUR = Declaration(
    project_name="街区绿化提升",
    year=2023,
    annual_goal="补种行道树 300 棵，绿化覆盖率达到 41%。",
)


def weighted(form: Declaration) -> Declaration:
    """The form with ninety points over its indicators."""
    count = len(form.indicators)
    share = (_NINETY / count).quantize(Decimal(1))
    weights = [share] * (count - 1) + [_NINETY - share * (count - 1)]
    rows = zip(form.indicators, weights, strict=True)
    return replace(form, indicators=tuple(replace(row, weight=weight) for row, weight in rows))


def outcome_of(form: Declaration) -> Outcome:
    """A clean self-evaluation: every target just met, nearly all the money spent."""
    spent = (
        Money(form.funds.annual_total.yuan * Decimal("0.98"))
        if form.funds.annual_total
        else None
    )
    line = BudgetLine(
        form.funds.annual_total,
        form.funds.annual_total,
        spent,
        points=_TEN,
        rate=Decimal("98.00"),
        score=Decimal("9.80"),
    )
    rows = tuple(
        IndicatorOutcome(_met(row.target), points=row.weight, score=row.weight)
        for row in form.indicators
    )
    return Outcome("self_evaluation", {"total": line}, "已完成。", rows, Decimal("99.80"))


def _met(target: Target) -> str:
    if target.kind is Kind.DEADLINE:
        return target.text
    return target.text.lstrip("≥≤=")


def _missed(target: Target) -> str:
    value = target.value or Decimal(0)
    worse = value * 2 if target.op is Op.AT_MOST else value / 2
    return f"{worse.normalize():f}{target.unit or ''}"


def _row(outcome: Outcome, place: int, **changes: object) -> Outcome:
    rows = list(outcome.indicators)
    rows[place] = replace(rows[place], **changes)  # type: ignore[arg-type]
    return replace(outcome, indicators=tuple(rows))


def _total(outcome: Outcome, **changes: object) -> Outcome:
    line = replace(outcome.budget["total"], **changes)  # type: ignore[arg-type]
    return replace(outcome, budget={"total": line})


def of_outcomes(form: Declaration, chance: Random) -> Iterator[Mutant]:
    """Spoilt self-evaluations and monitoring reports, and the clean one (rule `-`)."""
    form = weighted(form)
    clean = outcome_of(form)
    numeric = [row for row in form.indicators if row.target.kind is Kind.QUANTITATIVE]
    row = chance.choice(numeric)
    floor = chance.choice([item for item in numeric if item.target.op is Op.AT_LEAST])
    satisfied = form.indicators[-1]
    here, missed = row.position, _missed(row.target)
    plenty = f"{(floor.target.value or 0) * 2:f}{floor.target.unit or ''}"
    executed = Money(Decimal(yuan(form)) / 2)
    beyond = Money(Decimal(yuan(form)) + 5_000)
    monitoring = replace(clean, kind="monitoring", as_of="2023年8月", total_score=None)
    easier = replace(row, target=Target.parse(f"≥{missed}"))
    approved = replace(
        form, indicators=tuple(easier if i is row else i for i in form.indicators)
    )
    fewer = replace(form, indicators=form.indicators[1:])
    spoilt: list[tuple[str, str, Declaration, Outcome]] = [
        ("KJ801", row.name, form, _row(clean, here, actual_raw=missed)),
        ("KJ802", row.name, form, _row(clean, here, actual_raw=missed, score=Decimal(1))),
        ("KJ803", row.name, form, _row(clean, here, reason="因疫情未完成")),
        ("KJ804", "budget.total.rate", form, _total(clean, executed=executed)),
        ("KJ805", floor.name, form, _row(clean, floor.position, actual_raw=plenty)),
        ("KJ806", "total_score", form, replace(clean, total_score=Decimal("96.30"))),
        ("KJ807", row.name, form, clean),
        ("KJ808", "indicators", fewer, outcome_of(fewer)),
        ("KJ809", satisfied.name, form, _row(clean, satisfied.position, actual_raw="100%")),
        ("KJ810", "budget.total.rate", form, _total(clean, executed=executed, reason="结余")),
        ("KJ811", row.name, form, _row(monitoring, here, forecast_raw=missed)),
        ("KJ812", row.name, form,
         _row(monitoring, here, actual_raw=missed, reason="6月底前补做")),
        ("KJ813", "budget.total.executed", form, _total(clean, executed=beyond)),
        ("KJ814", row.name, form,
         _row(monitoring, here, forecast_raw=missed, reason="人手不足", likelihood="有可能")),
        ("KJ815", row.name, form,
         _row(monitoring, here, forecast_raw=missed, reason="资金没有到位", causes=("经费保障",),
              likelihood="完全不可能")),
        ("-", "", form, _row(monitoring, here, forecast_raw=missed, reason="人手不足",
                             causes=("人员保障",), likelihood="完全不可能", remedy="增派两个班组")),
        ("-", "", form, clean),
    ]  # fmt: skip
    for rule, place, spoilt_form, outcome in spoilt:
        scores = expected_scores(spoilt_form, outcome)
        other = {"KJ807": approved, "KJ808": form}.get(rule)
        yield Mutant(
            rule, place, spoilt_form, Context(outcome=outcome, scores=scores, approved=other)
        )


def of_neighbours(form: Declaration, siblings: tuple[Declaration, ...]) -> Iterator[Mutant]:
    """Faults beside other forms of the unit, last year's form, and norms."""
    row = form.indicators[0]
    rate = next(item for item in form.indicators if item.target.is_percentage)
    generic = ("时效指标", "项目完成及时性", "及时")
    copied = with_row(form, "产出指标", *generic)
    twin = with_row(NEIGHBOUR, "产出指标", *generic)
    foreign = with_row(form, "产出指标", "数量指标", "行道树补种棵数", "≥300棵")
    other_rate = with_row(NEIGHBOUR, rate.level1 or "", rate.level2 or "", rate.name, "≥61%")
    same_goal = replace(NEIGHBOUR, annual_goal=f"{form.annual_goal}另种树 3 棵。")
    better = with_row(Declaration(year=2022), rate.level1 or "", "", rate.name, "≥99.9%")
    cheap = with_funds(form, annual_total=yuan(form) // 2)
    norm = Norm(
        bare_name(row.name), row.target.unit, 30, *map(Decimal, (100_000, 200_000, 300_000))
    )
    price = next(item for item in form.indicators if item.level2 == "成本指标")
    cost = Norm(
        bare_name(price.name), price.target.unit, 30, *map(Decimal, (100_000, 200_000, 300_000))
    )
    total = Money(Decimal(yuan(form)) * 3)
    yield Mutant("KJ410", generic[1], copied, Context(siblings=(twin,)))
    yield Mutant("KJ411", rate.name, form, Context(siblings=(other_rate,)))
    yield Mutant("KJ703", "行道树补种棵数", foreign, Context(siblings=(NEIGHBOUR,)))
    yield Mutant("KJ708", "annual_goal", form, Context(siblings=(same_goal,)))
    yield Mutant("KJ709", rate.name, form, Context(previous=Past(better)))
    yield Mutant("KJ710", row.name, form, Context(norms={norm.name: norm}))
    yield Mutant("KJ711", "funds.annual_total", form, Context(previous=Past(cheap)))
    yield Mutant(
        "KJ712", "funds.annual_total", form, Context(siblings=(), department_budget=total)
    )
    new = with_funds(form, annual_total=8_000_000)
    yield Mutant("KJ720", "funds.annual_total", new, Context(beginning=Beginning(is_new=True)))
    yield Mutant("KJ713", price.name, form, Context(norms={cost.name: cost}))
    yield Mutant("-", "", form, Context(siblings=siblings, previous=Past(form)))


def of_their_own(form: Declaration) -> Iterator[Mutant]:
    """Faults that need a whole story: many programmes, missing measures, void points."""
    many = "、".join(words[0] for words in programmes("civil_affairs")[10:18])
    bundle = replace(form, annual_goal=f"{form.annual_goal}同时做好{many}。")
    relief = with_row(form, "产出指标", "质量指标", "临时救助金发放合格率", "≥98%")
    void = with_row(weighted(form), "效益指标", "生态效益指标", "生态效益", "不涉及")
    void = replace(
        void, indicators=(*void.indicators[:-1], replace(void.indicators[-1], weight=_TEN))
    )
    part = with_row(
        form,
        "产出指标",
        "数量指标",
        "其中：一期",
        "=9999999" + (form.indicators[0].target.unit or ""),
    )
    first = form.indicators[0]
    exact = Target.parse(f"={first.target.value}{first.target.unit or ''}")
    rows = [replace(first, target=exact), part.indicators[-1], *form.indicators[1:]]
    running = replace(
        form, project_category="一次性项目", annual_goal=f"{form.annual_goal}支付水电物业费用。"
    )
    stale = replace(form, annual_goal=f"{form.annual_goal}做好集中隔离点保障。")
    yield Mutant("KJ112", "funds.total", form, Context(unread=frozenset({"funds.total"})))
    yield Mutant("KJ408", "生态效益", void, Context())
    yield Mutant("KJ409", "其中：一期", replace(form, indicators=tuple(rows)), Context())
    yield Mutant("KJ506", "annual_goal", bundle, Context())
    yield Mutant("KJ702", "annual_goal", bundle, Context())
    if "津贴" not in (form.project_name or ""):
        yield Mutant("KJ704", "indicators", relief, Context())
    yield Mutant("KJ706", "project_category", running, Context())
    yield Mutant("KJ707", "annual_goal", stale, Context())
