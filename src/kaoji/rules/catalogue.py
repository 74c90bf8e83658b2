"""Every rule, in reading order. To add a rule, write its file and add a line here."""

from __future__ import annotations

from kaoji.rules.classification.budget_as_output import budget_as_output
from kaoji.rules.classification.cost_without_money import cost_without_money
from kaoji.rules.classification.count_as_quality import count_as_quality
from kaoji.rules.classification.effect_as_quantity import effect_as_quantity
from kaoji.rules.classification.foreign_second_level import foreign_second_level
from kaoji.rules.classification.misplaced_satisfaction import misplaced_satisfaction
from kaoji.rules.classification.money_as_quantity import money_as_quantity
from kaoji.rules.classification.no_absolute_count import no_absolute_count
from kaoji.rules.classification.output_as_benefit import output_as_benefit
from kaoji.rules.classification.rate_as_quantity import rate_as_quantity
from kaoji.rules.classification.specification_as_quantity import specification_as_quantity
from kaoji.rules.classification.time_as_quality import time_as_quality
from kaoji.rules.classification.timeless_timeliness import timeless_timeliness
from kaoji.rules.classification.wrong_benefit_dimension import wrong_benefit_dimension
from kaoji.rules.completeness.garbled_words import garbled_words
from kaoji.rules.completeness.incomplete_indicator import incomplete_indicator
from kaoji.rules.completeness.markup_in_text import markup_in_text
from kaoji.rules.completeness.missing_cost_indicator import missing_cost_indicator
from kaoji.rules.completeness.missing_ecological_benefit import missing_ecological_benefit
from kaoji.rules.completeness.missing_goal import missing_goal
from kaoji.rules.completeness.missing_head_field import missing_head_field
from kaoji.rules.completeness.missing_level1 import missing_level1
from kaoji.rules.completeness.missing_output_dimension import missing_output_dimension
from kaoji.rules.completeness.placeholder_target import placeholder_target
from kaoji.rules.completeness.repeated_passage import repeated_passage
from kaoji.rules.completeness.template_leftover import template_leftover
from kaoji.rules.completeness.unknown_attribute import unknown_attribute
from kaoji.rules.completeness.unreadable_amount import unreadable_amount
from kaoji.rules.consistency.amount_jumps import amount_jumps
from kaoji.rules.consistency.cash_benefit_incomplete import cash_benefit_incomplete
from kaoji.rules.consistency.category_misfit import category_misfit
from kaoji.rules.consistency.cost_is_whole_budget import cost_is_whole_budget
from kaoji.rules.consistency.figure_without_indicator import figure_without_indicator
from kaoji.rules.consistency.indicator_outside_goal import indicator_outside_goal
from kaoji.rules.consistency.large_without_quantity import large_without_quantity
from kaoji.rules.consistency.new_project_unevaluated import new_project_unevaluated
from kaoji.rules.consistency.outside_norms import outside_norms
from kaoji.rules.consistency.overlapping_projects import overlapping_projects
from kaoji.rules.consistency.programme_without_indicator import programme_without_indicator
from kaoji.rules.consistency.stale_content import stale_content
from kaoji.rules.consistency.sum_differs_from_department import sum_differs_from_department
from kaoji.rules.consistency.target_below_last_year import target_below_last_year
from kaoji.rules.consistency.task_without_indicator import task_without_indicator
from kaoji.rules.consistency.unit_cost_far_from_peers import unit_cost_far_from_peers
from kaoji.rules.consistency.unit_cost_times_quantity import unit_cost_times_quantity
from kaoji.rules.consistency.unrelated_indicator import unrelated_indicator
from kaoji.rules.goals.background_as_goal import background_as_goal
from kaoji.rules.goals.goal_without_figure import goal_without_figure
from kaoji.rules.goals.goal_without_result import goal_without_result
from kaoji.rules.goals.identical_goals import identical_goals
from kaoji.rules.goals.many_programmes import many_programmes
from kaoji.rules.goals.open_list import open_list
from kaoji.rules.goals.overlong_goal import overlong_goal
from kaoji.rules.goals.vague_goal import vague_goal
from kaoji.rules.indicator_set.compound_indicator import compound_indicator
from kaoji.rules.indicator_set.contradictory_targets import contradictory_targets
from kaoji.rules.indicator_set.generic_name import generic_name
from kaoji.rules.indicator_set.instruction_as_name import instruction_as_name
from kaoji.rules.indicator_set.mostly_words import mostly_words
from kaoji.rules.indicator_set.parts_exceed_whole import parts_exceed_whole
from kaoji.rules.indicator_set.repeated_count import repeated_count
from kaoji.rules.indicator_set.similar_names import similar_names
from kaoji.rules.indicator_set.unfit_number_of_indicators import unfit_number_of_indicators
from kaoji.rules.indicator_set.value_in_name import value_in_name
from kaoji.rules.indicator_set.weighted_void import weighted_void
from kaoji.rules.indicator_set.weights_off import weights_off
from kaoji.rules.money_and_dates.annual_exceeds_total import annual_exceeds_total
from kaoji.rules.money_and_dates.annual_total_differs_from_sources import (
    annual_total_differs_from_sources,
)
from kaoji.rules.money_and_dates.columns_contradict import columns_contradict
from kaoji.rules.money_and_dates.cost_exceeds_funds import cost_exceeds_funds
from kaoji.rules.money_and_dates.deadline_after_end import deadline_after_end
from kaoji.rules.money_and_dates.end_before_start import end_before_start
from kaoji.rules.money_and_dates.frame_longer_than_plan import frame_longer_than_plan
from kaoji.rules.money_and_dates.goal_outside_plan import goal_outside_plan
from kaoji.rules.money_and_dates.goal_period_differs import goal_period_differs
from kaoji.rules.money_and_dates.no_fiscal_money import no_fiscal_money
from kaoji.rules.money_and_dates.plan_outside_year import plan_outside_year
from kaoji.rules.money_and_dates.stated_amount_differs import stated_amount_differs
from kaoji.rules.money_and_dates.stated_parts_differ import stated_parts_differ
from kaoji.rules.money_and_dates.total_differs_from_sources import total_differs_from_sources
from kaoji.rules.money_and_dates.unnamed_other_source import unnamed_other_source
from kaoji.rules.outcomes_and_scores.approved_indicator_dropped import (
    approved_indicator_dropped,
)
from kaoji.rules.outcomes_and_scores.contradictory_reason import contradictory_reason
from kaoji.rules.outcomes_and_scores.deviation_without_cause import deviation_without_cause
from kaoji.rules.outcomes_and_scores.forecast_without_remedy import forecast_without_remedy
from kaoji.rules.outcomes_and_scores.impossible_without_remedy import (
    impossible_without_remedy,
)
from kaoji.rules.outcomes_and_scores.perfect_despite_unspent import perfect_despite_unspent
from kaoji.rules.outcomes_and_scores.remedy_past_due import remedy_past_due
from kaoji.rules.outcomes_and_scores.satisfaction_without_survey import (
    satisfaction_without_survey,
)
from kaoji.rules.outcomes_and_scores.score_off_formula import score_off_formula
from kaoji.rules.outcomes_and_scores.spent_beyond_budget import spent_beyond_budget
from kaoji.rules.outcomes_and_scores.target_not_as_approved import target_not_as_approved
from kaoji.rules.outcomes_and_scores.total_score_differs import total_score_differs
from kaoji.rules.outcomes_and_scores.unexplained_excess import unexplained_excess
from kaoji.rules.outcomes_and_scores.unexplained_low_execution import unexplained_low_execution
from kaoji.rules.outcomes_and_scores.unexplained_shortfall import unexplained_shortfall
from kaoji.rules.rule import Rule
from kaoji.rules.values.all_perfect import all_perfect
from kaoji.rules.values.benefit_without_number import benefit_without_number
from kaoji.rules.values.empty_upper_bound import empty_upper_bound
from kaoji.rules.values.full_satisfaction import full_satisfaction
from kaoji.rules.values.low_target import low_target
from kaoji.rules.values.merely_timely import merely_timely
from kaoji.rules.values.percentage_of_nothing import percentage_of_nothing
from kaoji.rules.values.percentage_over_hundred import percentage_over_hundred
from kaoji.rules.values.period_as_deadline import period_as_deadline
from kaoji.rules.values.pinned_rate import pinned_rate
from kaoji.rules.values.pinned_satisfaction import pinned_satisfaction
from kaoji.rules.values.rate_without_number import rate_without_number
from kaoji.rules.values.satisfaction_without_number import satisfaction_without_number
from kaoji.rules.values.sentence_as_value import sentence_as_value
from kaoji.rules.values.timeliness_without_number import timeliness_without_number
from kaoji.rules.values.ungraded_quality import ungraded_quality
from kaoji.rules.values.unit_contradicts_name import unit_contradicts_name
from kaoji.rules.values.unusual_operator import unusual_operator
from kaoji.rules.values.vague_target import vague_target
from kaoji.rules.values.value_repeats_name import value_repeats_name
from kaoji.rules.values.wrong_direction import wrong_direction

FAMILIES = {
    "KJ1": "完整性",
    "KJ2": "资金与日期",
    "KJ3": "指标值",
    "KJ4": "指标设置",
    "KJ5": "目标表述",
    "KJ6": "指标分类",
    "KJ7": "前后一致",
    "KJ8": "监控与自评",
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
    garbled_words,
    unknown_attribute,
    unreadable_amount,
    template_leftover,
    missing_ecological_benefit,
    total_differs_from_sources,
    annual_total_differs_from_sources,
    columns_contradict,
    annual_exceeds_total,
    no_fiscal_money,
    end_before_start,
    plan_outside_year,
    goal_period_differs,
    unnamed_other_source,
    cost_exceeds_funds,
    goal_outside_plan,
    deadline_after_end,
    frame_longer_than_plan,
    stated_amount_differs,
    stated_parts_differ,
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
    value_repeats_name,
    wrong_direction,
    unusual_operator,
    low_target,
    all_perfect,
    ungraded_quality,
    pinned_rate,
    percentage_of_nothing,
    period_as_deadline,
    unfit_number_of_indicators,
    mostly_words,
    similar_names,
    value_in_name,
    instruction_as_name,
    compound_indicator,
    weights_off,
    weighted_void,
    parts_exceed_whole,
    generic_name,
    contradictory_targets,
    repeated_count,
    identical_goals,
    overlong_goal,
    goal_without_figure,
    goal_without_result,
    open_list,
    many_programmes,
    vague_goal,
    background_as_goal,
    rate_as_quantity,
    no_absolute_count,
    budget_as_output,
    count_as_quality,
    time_as_quality,
    timeless_timeliness,
    output_as_benefit,
    wrong_benefit_dimension,
    effect_as_quantity,
    misplaced_satisfaction,
    cost_without_money,
    money_as_quantity,
    foreign_second_level,
    specification_as_quantity,
    figure_without_indicator,
    programme_without_indicator,
    indicator_outside_goal,
    cash_benefit_incomplete,
    large_without_quantity,
    category_misfit,
    stale_content,
    overlapping_projects,
    target_below_last_year,
    outside_norms,
    amount_jumps,
    sum_differs_from_department,
    unit_cost_far_from_peers,
    unit_cost_times_quantity,
    cost_is_whole_budget,
    unrelated_indicator,
    task_without_indicator,
    new_project_unevaluated,
    score_off_formula,
    unexplained_shortfall,
    contradictory_reason,
    unexplained_low_execution,
    unexplained_excess,
    total_score_differs,
    target_not_as_approved,
    approved_indicator_dropped,
    satisfaction_without_survey,
    perfect_despite_unspent,
    forecast_without_remedy,
    remedy_past_due,
    spent_beyond_budget,
    deviation_without_cause,
    impossible_without_remedy,
)


def rule_named(rule_id: str) -> Rule:
    """The rule with that id. Raises KeyError for an id that was never given."""
    return {rule.id: rule for rule in CATALOGUE}[rule_id]
