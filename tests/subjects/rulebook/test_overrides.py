"""What an administrator sets otherwise holds in later checks, and outlives the rules."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from kaoji.core import notation
from kaoji.core.finding import Severity
from kaoji.documents.reading import FormReading
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted
from kaoji.rules.engine import Report, check
from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.rulebook.actions.override_rule import (
    UnableToOverride,
    override_rule,
    restore_rule,
)
from kaoji.subjects.rulebook.models import Override
from kaoji.subjects.rulebook.queries import overrides_for
from support.people import NOON, person

pytestmark = pytest.mark.django_db

FORM = notation.parse(
    "项目: 甲\n版式: shanghai-2023\n年度: 2023\n产出指标 / 质量指标 / 合格率: ≥ 75 %\n产出指标 / 质量指标 / 路面: 良好\n"
)


@pytest.fixture
def boss() -> User:
    return person("管理员")


def set_otherwise(boss: User, kind: str, subject: str, value: str = "", region: str = ""):
    return override_rule(
        kind=kind, subject=subject, region=region, value=value, reason="本区规定",
        acting_user=boss, now=NOON,
    )  # fmt: skip


def checked() -> Report:
    return check_on_record(FormReading(FORM))


def severity_of(report: Report, rule: str) -> Severity | None:
    return next((item.severity for item in report.findings if item.rule.id == rule), None)


def test_a_severity_is_set_and_restored(boss: User):
    override = set_otherwise(boss, "severity", "KJ301", "error")
    assert severity_of(checked(), "KJ301") is Severity.ERROR

    restore_rule(override, acting_user=boss, now=NOON)

    assert severity_of(checked(), "KJ301") is Severity.WARNING
    assert [event.type for event in Event.objects.order_by("-sequence")[:2]] == [
        "rule.restored", "rule.overridden",
    ]  # fmt: skip


def test_a_rule_that_is_off_has_neither_passed_nor_found(boss: User):
    set_otherwise(boss, "off", "KJ301")

    report = checked()

    assert severity_of(report, "KJ301") is None
    assert [rule.id for rule in report.off] == ["KJ301"]
    assert "KJ301" not in {rule.id for rule in report.passed}


def test_a_threshold_is_set_for_one_region_only(boss: User):
    assert severity_of(checked(), "KJ316") is Severity.WARNING

    set_otherwise(boss, "threshold", "rate_min", "70", region="shanghai")

    assert severity_of(checked(), "KJ316") is None
    assert overrides_for("sichuan").thresholds == {}


def test_a_regions_own_override_outranks_that_for_everywhere(boss: User):
    set_otherwise(boss, "severity", "KJ301", "hint")
    set_otherwise(boss, "severity", "KJ301", "error", region="shanghai")

    assert overrides_for("shanghai").severities == {"KJ301": Severity.ERROR}
    assert overrides_for(None).severities == {"KJ301": Severity.HINT}


def test_an_override_survives_an_upgrade_of_the_rules(boss: User):
    set_otherwise(boss, "severity", "KJ301", "error")
    Override.objects.create(
        kind="severity",
        subject="KJ999",
        value="error",
        reason="旧规则",
        set_at=NOON,
        set_by=boss,
    )  # a rule that a later version no longer has

    report = check(FORM, overrides=overrides_for("shanghai"))

    assert severity_of(report, "KJ301") is Severity.ERROR


@pytest.mark.parametrize(
    ("kind", "subject", "value", "reason"),
    [
        ("severity", "KJ999", "error", "没有“KJ999”"),
        ("severity", "KJ301", "terrible", "“terrible”不适合 KJ301"),
        ("threshold", "rate_min", "很高", "“很高”不适合"),
        ("threshold", "rate_min", "NaN", "“NaN”不适合"),
        ("nonsense", "KJ301", "", "没有“KJ301”"),
    ],
)
def test_what_does_not_fit_is_refused(
    boss: User, kind: str, subject: str, value: str, reason: str
):
    with pytest.raises(UnableToOverride, match=reason):
        set_otherwise(boss, kind, subject, value)
    assert not Override.objects.exists()


def test_only_an_administrator_sets_rules_otherwise():
    with pytest.raises(NotPermitted):
        set_otherwise(person("主管部门审核"), "off", "KJ301")
