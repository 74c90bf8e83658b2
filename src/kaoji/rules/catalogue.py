"""Every rule, in reading order. To add a rule, write its file and add a line here."""

from __future__ import annotations

from kaoji.rules.classification.no_absolute_count import no_absolute_count
from kaoji.rules.classification.rate_as_quantity import rate_as_quantity
from kaoji.rules.completeness.incomplete_indicator import incomplete_indicator
from kaoji.rules.completeness.markup_in_text import markup_in_text
from kaoji.rules.completeness.missing_cost_indicator import missing_cost_indicator
from kaoji.rules.completeness.missing_goal import missing_goal
from kaoji.rules.completeness.missing_head_field import missing_head_field
from kaoji.rules.completeness.missing_level1 import missing_level1
from kaoji.rules.completeness.missing_output_dimension import missing_output_dimension
from kaoji.rules.completeness.placeholder_target import placeholder_target
from kaoji.rules.completeness.repeated_passage import repeated_passage
from kaoji.rules.goals.identical_goals import identical_goals
from kaoji.rules.goals.overlong_goal import overlong_goal
from kaoji.rules.indicator_set.mostly_words import mostly_words
from kaoji.rules.indicator_set.unfit_number_of_indicators import unfit_number_of_indicators
from kaoji.rules.money_and_dates.annual_exceeds_total import annual_exceeds_total
from kaoji.rules.money_and_dates.annual_total_differs_from_sources import (
    annual_total_differs_from_sources,
)
from kaoji.rules.money_and_dates.columns_contradict import columns_contradict
from kaoji.rules.money_and_dates.end_before_start import end_before_start
from kaoji.rules.money_and_dates.goal_period_differs import goal_period_differs
from kaoji.rules.money_and_dates.no_fiscal_money import no_fiscal_money
from kaoji.rules.money_and_dates.plan_outside_year import plan_outside_year
from kaoji.rules.money_and_dates.total_differs_from_sources import total_differs_from_sources
from kaoji.rules.rule import Rule
from kaoji.rules.values.benefit_without_number import benefit_without_number
from kaoji.rules.values.empty_upper_bound import empty_upper_bound
from kaoji.rules.values.full_satisfaction import full_satisfaction
from kaoji.rules.values.merely_timely import merely_timely
from kaoji.rules.values.percentage_over_hundred import percentage_over_hundred
from kaoji.rules.values.pinned_satisfaction import pinned_satisfaction
from kaoji.rules.values.rate_without_number import rate_without_number
from kaoji.rules.values.satisfaction_without_number import satisfaction_without_number
from kaoji.rules.values.sentence_as_value import sentence_as_value
from kaoji.rules.values.timeliness_without_number import timeliness_without_number
from kaoji.rules.values.unit_contradicts_name import unit_contradicts_name
from kaoji.rules.values.vague_target import vague_target

FAMILIES = {
    "KJ1": "完整性",
    "KJ2": "资金与日期",
    "KJ3": "指标值",
    "KJ4": "指标设置",
    "KJ5": "目标表述",
    "KJ6": "指标分类",
}

CATALOGUE: tuple[Rule, ...] = (
    missing_head_field,
    missing_goal,
    missing_level1,
    missing_output_dimension,
    missing_cost_indicator,
    incomplete_indicator,
    placeholder_target,
    markup_in_text,
    repeated_passage,
    total_differs_from_sources,
    annual_total_differs_from_sources,
    columns_contradict,
    annual_exceeds_total,
    no_fiscal_money,
    end_before_start,
    plan_outside_year,
    goal_period_differs,
    vague_target,
    sentence_as_value,
    rate_without_number,
    satisfaction_without_number,
    benefit_without_number,
    timeliness_without_number,
    merely_timely,
    empty_upper_bound,
    unit_contradicts_name,
    pinned_satisfaction,
    full_satisfaction,
    percentage_over_hundred,
    unfit_number_of_indicators,
    mostly_words,
    identical_goals,
    overlong_goal,
    rate_as_quantity,
    no_absolute_count,
)


def rule_named(rule_id: str) -> Rule:
    """The rule with that id. Raises KeyError for an id that was never given."""
    return {rule.id: rule for rule in CATALOGUE}[rule_id]
