"""Who sees what, typed from what each role is there for; what each may do stands in tests/oracle/rights.csv."""

from __future__ import annotations

import pytest

from kaoji.workflow.roles import (
    MAY_OPEN_SEALS,
    MAY_SEE_BENEFITS,
    MAY_VIEW,
    RIGHTS,
    ROLE_NAMES,
    Role,
)

# Forms within one's reach; runs of benefits; sealed names, numbers and accounts, with a purpose.
SEEING = {
    "填报": "forms",
    "单位审核": "forms",
    "主管部门审核": "forms",
    "财政业务": "forms",
    "财政绩效": "forms",
    "第三方": "forms",
    "审计只读": "forms runs seals",
    "管理员": "forms",
    "发放经办": "forms runs seals",
    "发放清查": "forms runs seals",
    "发放审批": "forms runs",
    "发放出纳": "forms runs",
    "街镇确认": "forms seals",
}
NAMES = {"forms": MAY_VIEW, "runs": MAY_SEE_BENEFITS, "seals": MAY_OPEN_SEALS}


def test_every_role_is_on_the_list():
    assert {ROLE_NAMES[role] for role in Role} == set(SEEING)


@pytest.mark.parametrize("role", SEEING)
def test_a_role_sees_what_it_is_there_for(role: str):
    [held] = [item for item in Role if ROLE_NAMES[item] == role]
    seen = {name for name, right in NAMES.items() if right in RIGHTS[held]}

    assert seen == set(SEEING[role].split())
