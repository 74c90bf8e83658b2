"""A draft becomes the reading of a form, with every doubt at its field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration, Funds
from kaoji.core.declaration_json import FUND_FIELDS
from kaoji.core.indicator import Indicator
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.period import Years
from kaoji.core.provenance import UNKNOWN_PLACE, Doubt, Origin, Repair
from kaoji.core.speech import say
from kaoji.core.target import UNCLEAR_NOTES
from kaoji.documents.reading import FormReading
from kaoji.documents.recognise.classes import doubt_classes
from kaoji.documents.recognise.draft import Draft, RowDraft
from kaoji.documents.recognise.of_layout import layout_of
from kaoji.standards.layouts import Layout, bare
from kaoji.standards.taxonomies import is_on_record, taxonomy_for

_HEAD = ("project_name", "project_category", "project_nature", "department", "implementing_unit", "overall_goal", "annual_goal")  # fmt: skip
_SUMS = ("fiscal", "other")
_GOALS = ("overall_goal", "annual_goal")


def finish(draft: Draft) -> FormReading:
    """The form, its outcome, its doubts and places."""
    layout = layout_of(draft.texts, draft.kind)
    if draft.year is not None and not is_on_record(draft.year):
        reason = say("没有收录 {year} 年的指标分类，暂按最早的分类读取", year=draft.year)
        draft.doubts.append(Doubt("year", reason, draft.places.get("year", UNKNOWN_PLACE)))
    _doubt_lost_goals(draft, layout)
    doubt_classes(draft, taxonomy_for(draft.year, layout))
    if not draft.rows and all(item.field != "indicators" for item in draft.doubts):
        draft.doubt(
            "indicators", say("没有读到任何指标"), draft.head[0] if draft.head else None
        )
    if draft.year is None:
        draft.doubt("year", say("没有找到“(××××年度)”"), draft.head[0] if draft.head else None)
    form = Declaration(
        layout=layout.id,
        year=draft.year,
        **{name: draft.values.get(name) or None for name in _HEAD},
        start_date=_day(draft.values.get("start_date")),
        end_date=_day(draft.values.get("end_date")),
        funds=_funds(draft),
        goal_period=Years(*draft.period) if draft.period else None,
        indicators=tuple(map(_indicator, draft.rows)),
        overall_indicators=tuple(map(_indicator, draft.overall_rows)),
    )
    draft.repairs += _row_repairs(draft)
    return FormReading(
        form,
        (*draft.doubts, *_row_doubts(draft)),
        tuple(draft.repairs),
        {**draft.extra, **_beside(draft)},
        {**draft.places, **_row_places(draft)},
        kind=layout.kind,
        outcome=_outcome(draft),
        absent=_absent(draft),
    )


def _absent(draft: Draft) -> frozenset[str]:
    """The cells of the head that the document does not print; of a monitoring the causes to be ticked too."""
    held = draft.printed | draft.values.keys() | {f"funds.{name}" for name in draft.funds}
    if draft.twin_funds:  # two columns of money under the same captions
        held |= {f"funds.{name}" for name in FUND_FIELDS}
    goals = {name for name in _GOALS if draft.values.get(name)}
    if len(goals) == 1 and len(draft.printed & {*_GOALS}) <= 1:
        held -= {*_GOALS} - goals  # one goal under one caption, whatever it is called
    asked = {*_HEAD, "start_date", "end_date", *(f"funds.{name}" for name in FUND_FIELDS)}
    if draft.kind == "monitoring":
        asked.add("causes")
    return frozenset(asked - held)


def _doubt_lost_goals(draft: Draft, layout: Layout) -> None:
    """A head and nothing else: the part with the goals was lost too; a goal reached that nobody set."""
    if draft.values.get("goal_done") and not any(map(draft.values.get, _GOALS)):
        place = draft.places.get("goal_done", UNKNOWN_PLACE)
        draft.doubts.append(Doubt("annual_goal", say("有完成情况，却没有读到目标"), place))
    if draft.head and not draft.rows and not any(map(draft.values.get, _GOALS)):
        titled = any(
            title in bare(text) for text in draft.texts[:40] for title in layout.titles
        )
        for name in layout.goal_fields if titled else ("annual_goal",):
            draft.doubt(name, say("没有找到绩效目标部分"), draft.head[0])
        if not any(name.startswith(("funds.", "budget.")) for name in draft.printed):
            draft.doubt("funds.annual_total", say("没有找到资金部分"), draft.head[0])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _funds(draft: Draft) -> Funds:
    """A single column of money is the year's."""
    funds = dict(draft.funds)
    alone = "annual_total" not in funds and "total" in funds and not draft.twin_funds
    if alone and not any(name in funds for name in _SUMS):
        funds["annual_total"] = funds.pop("total")
        if "funds.total" in draft.places:
            draft.places["funds.annual_total"] = draft.places.pop("funds.total")
    return Funds(**funds)


def _indicator(row: RowDraft) -> Indicator:
    return Indicator(row.level1, row.level2, row.level3, row.parsed, row.weight)


def _row_repairs(draft: Draft) -> Iterator[Repair]:
    for position, row in enumerate(draft.rows):
        path = f"indicators[{position}]"
        for note in row.parsed.notes:
            if note.template not in UNCLEAR_NOTES:
                yield Repair(f"{path}.target_raw", note, row.origin)
        for column, told, origin in row.mended:
            yield Repair(f"{path}.{column}", told, origin)
        if row.joined:
            told = say("合并了被换页拆开的一行：“{name}”", name=row.level3)
            yield Repair(f"{path}.level3", told, row.origin)


def _row_doubts(draft: Draft) -> Iterator[Doubt]:
    tables = (("indicators", draft.rows), ("overall_indicators", draft.overall_rows))
    for table, rows in tables:
        for position, row in enumerate(rows):
            for column, reason, origin in row.doubts:
                yield Doubt(f"{table}[{position}].{column}", reason, origin)


def _row_places(draft: Draft) -> dict[str, Origin]:
    places: dict[str, Origin] = {}
    for position, row in enumerate(draft.rows):
        places[f"indicators[{position}]"] = row.origin
        for column, origin in row.places.items():
            if column in _PLACED:
                places[f"indicators[{position}].{column}"] = origin
    return places


_PLACED = frozenset(
    {"level1", "level2", "level3", "target_raw", "weight", "actual_raw", "score"}
)


def _beside(draft: Draft) -> dict[str, str]:
    """Cells of columns that no field of ours stands for, under their printed names."""
    taken = {_REMARK} if draft.kind == "monitoring" else set()
    return {
        f"indicators[{position}].{name.removeprefix('extra.')}": text
        for position, row in enumerate(draft.rows)
        for name, text in row.more.items()
        if name.startswith("extra.") and name not in taken
    }


# In a 监控表 the remark says what will be done about a deviation.
_REMARK = "extra.备注"


def _outcome(draft: Draft) -> Outcome | None:
    if draft.kind not in {"self_evaluation", "monitoring"}:
        return None
    indicators = tuple(
        IndicatorOutcome(
            actual_raw=row.more.get("actual_raw"),
            forecast_raw=row.more.get("forecast_raw"),
            points=row.weight,
            score=row.score,
            reason=row.more.get("reason"),
            likelihood=row.more.get("likelihood"),
            causes=row.causes if draft.kind == "monitoring" else (),
            remedy=row.more.get(_REMARK) if draft.kind == "monitoring" else None,
        )
        for row in draft.rows
    )
    goal_done = draft.values.get("goal_done")
    budget = {line: read for line, read in draft.budget.items() if read != BudgetLine()}
    return Outcome(draft.kind, budget, goal_done, indicators, draft.total_score, draft.as_of)
