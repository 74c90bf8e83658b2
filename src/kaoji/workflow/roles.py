"""What people may do, by the role they have in a place; what no table row gives is denied.

A role reaches the place it is held in and every place below. Some roles cannot be held by one
person over the same forms: who writes them does not judge them, who audits or appoints does
nothing else. Of who prepares, checks, approves, pays and confirms benefits no two are one person.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations

from kaoji.workflow.places import PlaceKind


class Role(StrEnum):
    """A role that an appointment gives."""

    FILER = "filer"
    UNIT_REVIEWER = "unit_reviewer"
    DEPARTMENT_REVIEWER = "department_reviewer"
    FINANCE_BUDGET = "finance_budget"
    FINANCE_PERFORMANCE = "finance_performance"
    THIRD_PARTY = "third_party"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    BENEFIT_CLERK = "benefit_clerk"
    BENEFIT_CHECKER = "benefit_checker"
    BENEFIT_APPROVER = "benefit_approver"
    CASHIER = "cashier"
    TOWN_CONFIRMER = "town_confirmer"


ROLE_NAMES = {
    Role.FILER: "填报",
    Role.UNIT_REVIEWER: "单位审核",
    Role.DEPARTMENT_REVIEWER: "主管部门审核",
    Role.FINANCE_BUDGET: "财政业务",
    Role.FINANCE_PERFORMANCE: "财政绩效",
    Role.THIRD_PARTY: "第三方",
    Role.AUDITOR: "审计只读",
    Role.ADMINISTRATOR: "管理员",
    Role.BENEFIT_CLERK: "发放经办",
    Role.BENEFIT_CHECKER: "发放清查",
    Role.BENEFIT_APPROVER: "发放审批",
    Role.CASHIER: "发放出纳",
    Role.TOWN_CONFIRMER: "街镇确认",
}

# Rights carry the names that Django's permissions have, so that templates can ask for them.
MAY_VIEW = "declarations.view_declaration"
MAY_IMPORT = "declarations.add_declaration"
MAY_FILE = "declarations.file_declaration"
MAY_REVIEW_IN_UNIT = "declarations.review_in_unit"
MAY_REVIEW_FOR_DEPARTMENT = "declarations.review_for_department"
MAY_REVIEW_FOR_BUDGET = "declarations.review_for_budget"
MAY_REVIEW_FOR_FINANCE = "declarations.review_for_finance"
MAY_ISSUE = "approval.add_approvalletter"
MAY_SET_WINDOWS = "windows.add_window"
MAY_WAIVE = "declarations.add_waiver"
MAY_WRITE_SHEETS = "library.add_indicatorsheet"
MAY_OVERRIDE = "rulebook.add_override"
MAY_MANAGE = "organisation.add_appointment"
MAY_AUDIT = "events.view_event"
MAY_FOLLOW = "monitoring.add_monitoringperiod"
MAY_EVALUATE = "evaluation.add_expertsheet"
MAY_SEE_BENEFITS = "benefits.view_run"
MAY_PREPARE_BENEFITS = "benefits.add_run"
MAY_CHECK_BENEFITS = "benefits.decide_doubt"
MAY_APPROVE_BENEFITS = "benefits.approve_run"
MAY_PAY_BENEFITS = "benefits.add_bankfile"
MAY_CONFIRM_BENEFITS = "benefits.confirm_roster"
MAY_OPEN_SEALS = "benefits.open_seal"

RIGHTS: dict[Role, frozenset[str]] = {
    Role.FILER: frozenset({MAY_VIEW, MAY_IMPORT, MAY_FILE}),
    Role.UNIT_REVIEWER: frozenset({MAY_VIEW, MAY_REVIEW_IN_UNIT}),
    Role.DEPARTMENT_REVIEWER: frozenset(
        {MAY_VIEW, MAY_WAIVE, MAY_WRITE_SHEETS, MAY_REVIEW_FOR_DEPARTMENT, MAY_FOLLOW}
    ),
    Role.FINANCE_BUDGET: frozenset({MAY_VIEW, MAY_REVIEW_FOR_BUDGET}),
    Role.FINANCE_PERFORMANCE: frozenset(
        {
            MAY_VIEW,
            MAY_WAIVE,
            MAY_WRITE_SHEETS,
            MAY_REVIEW_FOR_FINANCE,
            MAY_ISSUE,
            MAY_SET_WINDOWS,
            MAY_FOLLOW,
        }
    ),
    Role.THIRD_PARTY: frozenset({MAY_VIEW, MAY_EVALUATE}),
    Role.AUDITOR: frozenset({MAY_VIEW, MAY_AUDIT, MAY_SEE_BENEFITS, MAY_OPEN_SEALS}),
    Role.ADMINISTRATOR: frozenset({MAY_VIEW, MAY_OVERRIDE, MAY_MANAGE, MAY_AUDIT}),
    Role.BENEFIT_CLERK: frozenset(
        {MAY_VIEW, MAY_SEE_BENEFITS, MAY_PREPARE_BENEFITS, MAY_OPEN_SEALS}
    ),
    Role.BENEFIT_CHECKER: frozenset(
        {MAY_VIEW, MAY_SEE_BENEFITS, MAY_CHECK_BENEFITS, MAY_OPEN_SEALS}
    ),
    Role.BENEFIT_APPROVER: frozenset({MAY_VIEW, MAY_SEE_BENEFITS, MAY_APPROVE_BENEFITS}),
    Role.CASHIER: frozenset({MAY_VIEW, MAY_SEE_BENEFITS, MAY_PAY_BENEFITS}),
    Role.TOWN_CONFIRMER: frozenset({MAY_VIEW, MAY_CONFIRM_BENEFITS, MAY_OPEN_SEALS}),
}

_JUDGES = (
    Role.UNIT_REVIEWER,
    Role.DEPARTMENT_REVIEWER,
    Role.FINANCE_BUDGET,
    Role.FINANCE_PERFORMANCE,
)
# Who does one thing with a run does none of the others.
_OF_BENEFITS = (
    Role.BENEFIT_CLERK,
    Role.BENEFIT_CHECKER,
    Role.BENEFIT_APPROVER,
    Role.CASHIER,
    Role.TOWN_CONFIRMER,
)
_ALONE = (Role.THIRD_PARTY, Role.AUDITOR, Role.ADMINISTRATOR)
_AT_THE_BUREAU = frozenset({Role.FINANCE_BUDGET, Role.FINANCE_PERFORMANCE, Role.ADMINISTRATOR})

# The two finance roles sit in one bureau and review side by side: one person may hold both.
CONFLICTS: frozenset[frozenset[Role]] = frozenset(
    {
        *(frozenset({Role.FILER, judge}) for judge in _JUDGES),
        *(frozenset(pair) for pair in combinations(_JUDGES, 2)),
        *(frozenset(pair) for pair in combinations(_OF_BENEFITS, 2)),
        *(frozenset({alone, other}) for alone in _ALONE for other in Role if other != alone),
    }
) - {frozenset({Role.FINANCE_BUDGET, Role.FINANCE_PERFORMANCE})}


def conflict(one: Role, other: Role) -> bool:
    """Can one person not hold both over the same forms?

    >>> conflict(Role.FILER, Role.DEPARTMENT_REVIEWER)
    True
    """
    return frozenset({one, other}) in CONFLICTS


def may_be_held_in(role: Role, kind: PlaceKind) -> bool:
    """Finance and administrators sit in the bureau; nobody's forms are an agency's."""
    if role in _AT_THE_BUREAU:
        return kind is PlaceKind.BUREAU
    return kind is not PlaceKind.AGENCY
