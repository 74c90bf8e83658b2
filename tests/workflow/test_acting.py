"""Each right is held by those to whom `tests/oracle/rights.csv` gives what it is asked for, and by nobody else."""

from __future__ import annotations

import pytest

from kaoji.workflow import roles
from kaoji.workflow.roles import RIGHTS, Role
from oracle.tables import roles_for

# What is seen is typed in test_seeing.py; MAY_AUDIT and MAY_SEE_BENEFITS together take a proof away.
ASKED_FOR = {
    roles.MAY_IMPORT: "导入申报表",
    roles.MAY_FILE: "填实际值",
    roles.MAY_REVIEW_IN_UNIT: "单位审核时提意见",
    roles.MAY_REVIEW_FOR_DEPARTMENT: "主管部门审核时提意见",
    roles.MAY_REVIEW_FOR_FINANCE: "财政复核",
    roles.MAY_ISSUE: "印发批复",
    roles.MAY_SET_WINDOWS: "设申报窗口",
    roles.MAY_WAIVE: "豁免错误",
    roles.MAY_WRITE_SHEETS: "写指标说明",
    roles.MAY_OVERRIDE: "另定规则",
    roles.MAY_MANAGE: "任命",
    roles.MAY_FOLLOW: "布置监控",
    roles.MAY_EVALUATE: "专家打分",
    roles.MAY_PREPARE_BENEFITS: "开批次",
    roles.MAY_CHECK_BENEFITS: "处理疑点",
    roles.MAY_APPROVE_BENEFITS: "审批批次",
    roles.MAY_PAY_BENEFITS: "制作盘片",
    roles.MAY_CONFIRM_BENEFITS: "确认花名册",
    roles.MAY_OPEN_SEALS: "查看原值",
}


@pytest.mark.parametrize(("right", "act"), ASKED_FOR.items(), ids=ASKED_FOR.values())
def test_a_right_is_held_by_the_roles_that_the_table_gives_its_act_to(right: str, act: str):
    assert {role for role in Role if right in RIGHTS[role]} == roles_for(act)


def test_both_finance_roles_review_and_each_has_a_right_of_its_own_for_it():
    held = {
        role
        for role in Role
        if {roles.MAY_REVIEW_FOR_BUDGET, roles.MAY_REVIEW_FOR_FINANCE} & RIGHTS[role]
    }

    assert held == roles_for("财政审核时提意见")
    assert roles.MAY_REVIEW_FOR_BUDGET not in RIGHTS[Role.FINANCE_PERFORMANCE]


def test_a_proof_is_taken_away_by_whoever_audits_and_sees_benefits():
    both = {roles.MAY_AUDIT, roles.MAY_SEE_BENEFITS}

    assert {role for role in Role if both <= RIGHTS[role]} == roles_for("带走发放证明")


def test_everybody_sees_forms():
    assert all(roles.MAY_VIEW in RIGHTS[role] for role in Role)
