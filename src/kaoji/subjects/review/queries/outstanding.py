"""What somebody should have seen before a form goes on: open opinions, waivers, errors, doubts, own unsent words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop as _

from kaoji.core.speech import Sentence, say
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.open_findings import open_findings
from kaoji.subjects.declarations.queries.waivers import waivers_in_force
from kaoji.subjects.review.queries.unsent import unsaved_review_sheets, unsent_opinion

# Moves that pass a form on; what sends it back needs no look at what is wrong with it.
_PASSES_ON = frozenset({"endorse", "forward", "approve"})
# Moves that end somebody's turn to judge: what they wrote and did not send cannot be sent afterwards.
_ENDS_THE_TURN = _PASSES_ON | {"return", "reject"}


@dataclass(frozen=True)
class Outstanding:
    """One such thing. The *key* holds how many and the newest: what came since has to be looked at anew."""

    key: str
    sentence: Sentence
    is_unsent_opinion: bool = False


def outstanding(
    declaration: Declaration, verb: str, *, person: User, on: date
) -> list[Outstanding]:
    """What stands against the move on a day, for the *person* who is about to make it."""
    found = list(_unsent(declaration, person)) if verb in _ENDS_THE_TURN else []
    return [*found, *(_found(declaration, on) if verb in _PASSES_ON else ())]


def _unsent(declaration: Declaration, person: User) -> Iterator[Outstanding]:
    opinion = unsent_opinion(declaration, person)
    if opinion is not None:
        yield Outstanding(
            opinion.key,
            say("您写的意见还没有提出，办理后就提不了了：“{text}”", text=opinion.text),
            is_unsent_opinion=True,
        )
    sheets = unsaved_review_sheets(declaration, person)
    if sheets:
        yield Outstanding(sheets, say("您填的审核表还没有保存，办理后就存不了了"))


def _found(declaration: Declaration, on: date) -> Iterator[Outstanding]:
    opinions = declaration.opinions.filter(closed_at__isnull=True).values_list("pk", flat=True)
    yield from _some(
        "opinions",
        len(opinions),
        _("还有 {count} 条意见没有关闭"),
        newest=max(opinions, default=0),
    )
    waivers = [item.pk for item in waivers_in_force(declaration, on=on).values()]
    yield from _some(
        "waived",
        len(waivers),
        _("有 {count} 处检查结果是豁免的"),
        newest=max(waivers, default=0),
    )
    errors = open_findings(declaration, on=on).errors
    yield from _some("errors", errors, _("还有 {count} 处错误"))
    yield from _some("doubts", declaration.doubts, _("有 {count} 处读取时存疑"))
    if declaration.annual_total is None:
        yield Outstanding("no-money", say("没有填年度资金，批复和公开时都没有金额"))


def _some(name: str, count: int, words: str, *, newest: int = 0) -> Iterator[Outstanding]:
    if count:
        yield Outstanding(f"{name}:{count}:{newest}", say(words, count=count))
