"""Check a form as it was read: the rules are told what was mended and what is in doubt."""

from __future__ import annotations

from kaoji.core.finding import undecided
from kaoji.core.paths import WHOLE_FORM
from kaoji.core.speech import say
from kaoji.documents.reading import FormReading
from kaoji.rules.engine import NO_RULE_IN_FORCE, Report, RuleFinding, check

NAMES = {
    "declaration": say("申报表"),
    "self_evaluation": say("自评表"),
    "monitoring": say("监控表"),
    "unit_targets": say("部门整体支出绩效目标表"),
}


def check_reading(
    reading: FormReading, *, year: int | None = None, region: str | None = None
) -> Report:
    """The rules of the form's year and region, or of those given.

    They are made for declarations; of another kind of form they say that they say nothing.
    """
    if reading.kind != "declaration":
        remark = undecided(
            WHOLE_FORM, say("规则只检查申报表；这是{kind}，未作检查", kind=NAMES[reading.kind])
        )
        return Report((RuleFinding(NO_RULE_IN_FORCE, remark),), ())
    return check(
        reading.form, repairs=reading.repairs, doubts=reading.doubts, year=year, region=region
    )
