"""The citizen number is malformed, or the birthday in it is not the one on record.

## Why

A slip of the pen makes another person, or nobody. Some real numbers are wrong, so this is a doubt and
no refusal.

## 为什么

写错一位就成了另一个人或者查无此人。也确有证号本身有误的，所以只提醒，不拒绝。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.identity import birth_in, well_formed
from kaoji.core.speech import say


@check("C05", "身份号码有误", effect=Effect.WARN, basis="GB 11643")
def id_number_wrong(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare each paid person's number with its check digit and with the birthday."""
    for who in beside.paid:
        person = beside.persons[who]
        if not well_formed(person.id_number):
            yield Hit(say("身份号码的校验位不符，请核对证件"), who)
        elif birth_in(person.id_number) != person.birth:
            yield Hit(say("身份号码中的出生日期与记录不符，请核对证件"), who)
