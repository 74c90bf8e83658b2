"""How numbers become the text of an actual value: in the target's unit, or as a tier of judgement.

>>> share_of(Decimal(59), Decimal(60))
Decimal('98.33')
>>> in_unit_of(Target.parse("≥ 80万小时"), Decimal(812000), "小时")
'81.2万小时'
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kaoji.core.speech import say
from kaoji.core.target import Target
from kaoji.measuring.answer import Question, Unanswerable
from kaoji.scoring.admissible import TIERS, takes_number
from kaoji.scoring.explained_score import rounded
from kaoji.standards.scoring import NoScoringPolicy, scoring_policy

_HUNDRED, _TEN_THOUSAND = Decimal(100), Decimal(10_000)
_ALMOST = Decimal("99.99")


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing noughts."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """A part in percent of the whole, to two decimals. Raises Unanswerable for a whole of nought.

    What is not whole never rounds to a hundred.

    >>> share_of(Decimal(145899), Decimal(145900))
    Decimal('99.99')
    """
    if whole == 0:
        raise Unanswerable(say("分母为 0，算不出比率"))
    share = rounded(part / whole * _HUNDRED)
    return _ALMOST if part < whole and share == _HUNDRED else share


def in_unit_of(target: Target, number: Decimal, unit: str = "") -> str:
    """A count in the unit of the target; units of ten thousand are reckoned.

    Raises Unanswerable when the rows count something else.
    """
    wanted = target.unit or unit
    if unit and target.unit and unit != target.unit:
        if target.unit == f"万{unit}":
            return f"{plain(rounded(number / _TEN_THOUSAND))}{wanted}"
        if f"万{target.unit}" == unit:
            return f"{plain(number * _TEN_THOUSAND)}{wanted}"
        raise Unanswerable(
            say("记录以“{unit}”计，目标以“{wanted}”计，无法比较", unit=unit, wanted=target.unit)
        )
    return f"{plain(number)}{wanted}"


def usual_tiers(on: date) -> tuple[Decimal, Decimal]:
    """The least share, in percent, of the first and the second tier, where the measure names none."""
    try:
        return scoring_policy(on=on, region=None).tier_shares
    except NoScoringPolicy as refusal:
        raise Unanswerable(refusal.sentence) from refusal


def share_as_value(
    question: Question, share: Decimal, tiers: tuple[Decimal, Decimal] | None = None
) -> str:
    """A share as the target takes it: a percentage, or the tier that it reaches."""
    target = question.target
    if takes_number(target):
        if target.unit not in {"%", None}:
            raise Unanswerable(
                say("算出的是比率，目标“{target}”却不以百分比计", target=target.text)
            )
        return f"{plain(share)}%"
    full, partly = tiers or usual_tiers(question.as_of)
    return TIERS[0] if share >= full else TIERS[1] if share >= partly else TIERS[2]
