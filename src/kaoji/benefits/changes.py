"""What an item is beside what was granted before, and by when its money must be there."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kaoji.benefits.facts import Dossier, Fact
from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import Law
from kaoji.benefits.months import Month, month_of
from kaoji.benefits.pay_days import due_on, on_workdays
from kaoji.benefits.run import GrantedMonths, Item, ItemKind, Run


class Change(StrEnum):
    """Whatever is not the same as before waits for its town."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    ARREAR = "arrear"
    STOPPED = "stopped"


def change_of(granted: GrantedMonths, item: Item) -> Change:
    """What an item is beside what the person was granted so far."""
    if item.kind is ItemKind.REDUCTION:
        return Change.STOPPED
    if item.kind is ItemKind.ARREAR:
        return Change.ARREAR if granted else Change.NEW
    earlier = [of for of in granted if of < item.month and granted[of].fen]
    if not earlier:
        return Change.NEW
    return Change.SAME if granted[max(earlier)].fen == item.fen else Change.CHANGED


def must_be_paid_by(
    law: Law, dossier: Dossier, item: Item, change: Change, run: Run, *, pays_on: date
) -> date:
    """By when: what came in late is due on the next pay day, our own error at once."""
    if change is Change.SAME:
        return pays_on
    heard = [
        fact.received_on
        for fact in dossier.facts
        if fact.received_on is not None and _counts(fact, law, item.month)
    ]
    by_law = due_on(
        law,
        item.month,
        received_on=max(heard, default=None),
        known_at=run.as_known_at,
        workday=on_workdays,
    )
    return pays_on if item.month >= run.period and by_law < pays_on else by_law


def _counts(fact: Fact, law: Law, month: Month) -> bool:
    """Does what the month comes to rest on the fact? A removal, or what began later, delays no payment of it."""
    rests = fact.kind in {"birth", "grant", *law.needs, *law.uses} or kinds()[fact.kind].ends
    return rests and fact.kind != "town" and month_of(fact.since) <= month
