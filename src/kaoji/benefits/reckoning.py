"""What every month should be by all that is known: facts taken in the order of learning, as far as each may reach.

A death is true of its month whenever it is heard. A wage is not: heard late, it lowers nothing
before the decision that says so. So each fact of a limited kind is weighed when its turn comes –
does it make the month less, or more? – and the law's table `late` says whether it reaches it:

    kind             less          more
    death            claim         arrear          as far back as it is true
    category         next_month    from_decision   from the decision on, or a month later
    birth (a child)  ask           arrear          nobody is stopped by a birthday alone

The answer depends on what is known, never on which runs there were: that is why a second run
finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kaoji.benefits.entitlement import Entitlement, Programme, entitlement
from kaoji.benefits.facts import ALWAYS_KNOWN, Counting, Dossier, Fact, FactsInForce
from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import Late, LateFact, Law, LawInMonth
from kaoji.benefits.months import Month, month_of
from kaoji.core.speech import say


class UnknownLateness(LookupError):
    """The law does not say what happens when a fact of this kind is heard late."""

    def __init__(self, programme: str, kind: str) -> None:
        self.sentence = say(
            "{programme} 的 late 没有写“{kind}”；请在 law.yaml 补上 less 和 more",
            programme=programme,
            kind=kinds()[kind].said,
        )
        super().__init__(str(self.sentence))


def reaches(fact: Fact, manner: Late, of: Month) -> bool:
    """Does a fact that is heard late in this manner count for a month?"""
    if manner in {Late.CLAIM, Late.ARREAR}:
        return True
    if manner is Late.ASK:
        return False
    if manner is Late.FROM_APPLICATION:
        return of >= month_of(fact.asked)
    return of >= month_of(fact.decided) + (manner is Late.NEXT_MONTH)


@dataclass(frozen=True, slots=True)
class Reading:
    """A month as reckoned: the entitlement, and facts that wait for a person (fact, fen)."""

    entitlement: Entitlement
    waiting: tuple[tuple[Fact, int], ...] = ()


@dataclass(frozen=True)
class _Manner:
    """How facts count under a law: in which months, how far back.

    *others* are the kinds that this law never asks for, *unlimited* those without a limit of reach.
    """

    counting: Counting
    late: Mapping[str, LateFact]
    others: frozenset[str]
    unlimited: frozenset[str]
    needs: frozenset[str]


@lru_cache(maxsize=256)
def _manner(law: Law, of: Month, known_at: date) -> _Manner:
    held = law.at(of, known_at=known_at)
    late: Mapping[str, LateFact] = held.setting("late")
    asked = {*law.needs, *law.uses}
    others = frozenset(kinds().keys() - late.keys() - asked - {"town"})
    unlimited = {"town", *(kind for kind, reach in late.items() if reach.unlimited)}
    counting = Counting(held.setting("enters"), held.setting("leaves"))
    return _Manner(counting, late, others, frozenset(unlimited), frozenset(law.needs))


class Reckoning:
    """All that is known of one beneficiary on a day, ready to be asked month by month."""

    __slots__ = (
        "_base",
        "_everything",
        "_known",
        "_later",
        "_manner",
        "_plain",
        "_tried",
        "programme",
    )

    def __init__(self, programme: Programme, dossier: Dossier, known_at: date) -> None:
        self.programme = programme
        self._manner = _manner(programme.law, month_of(known_at), known_at)
        self._known = dossier.known(known_at)
        self._base, self._later = self._divided()
        self._plain = FactsInForce(self._base, self._manner.counting)
        self._everything: FactsInForce | None = None if self._later else self._plain
        self._tried: dict[tuple[int, ...], FactsInForce] = {}

    @property
    def facts(self) -> FactsInForce:
        """Everything known, in force, without any limit of reach."""
        if self._everything is None:
            self._everything = FactsInForce(self._known, self._manner.counting)
        return self._everything

    @property
    def grants(self) -> list[Fact]:
        """The decisions that give something, those replaced or taken back left out."""
        return [fact for fact in self.facts.of_kind("grant") if fact.value == "given"]

    def month(self, of: Month, law: LawInMonth) -> Reading:
        """What a month should be."""
        taken = entitlement(self.programme, self._plain, of, law)
        if not self._later:
            return Reading(taken)
        facts, waiting = list(self._base), []
        for fact in self._later:
            tried = self._with([*facts, fact], of, law)
            late = self._manner.late[fact.kind]
            turn = late.less if tried.fen < taken.fen else late.more
            if tried.fen == taken.fen or reaches(fact, turn, of):
                facts.append(fact)
                taken = tried
            elif turn is Late.ASK:
                waiting.append((fact, tried.fen - taken.fen))
        return Reading(taken, tuple(waiting))

    def _with(self, facts: list[Fact], of: Month, law: LawInMonth) -> Entitlement:
        # The same facts are tried for many months: what they come to is kept.
        numbers = tuple(fact.number for fact in facts)
        if numbers not in self._tried:
            self._tried[numbers] = FactsInForce(facts, self._manner.counting)
        return entitlement(self.programme, self._tried[numbers], of, law)

    def _divided(self) -> tuple[list[Fact], list[Fact]]:
        """Facts without a limit, on record always, or the first of a kind the rule needs; the others."""
        manner = self._manner
        base: list[Fact] = []
        later: list[Fact] = []
        begun: set[str] = set()
        for fact in self._known:
            kind = fact.kind
            if kind in manner.unlimited:
                base.append(fact)
            elif kind in manner.others:
                continue
            elif kind not in manner.late:
                raise UnknownLateness(self.programme.name, kind)
            elif fact.known_at == ALWAYS_KNOWN or (kind in manner.needs and kind not in begun):
                base.append(fact)
                begun.add(kind)
            else:
                later.append(fact)
        return base, later


def best_of_versions(
    reckoning: Reckoning, of: Month, versions: Iterable[LawInMonth]
) -> Reading:
    """The month by the law that is kindest among its versions since the first grant.

    A later value that is lower takes nothing from a month already granted.
    """
    readings = [reckoning.month(of, law) for law in versions]
    best = max(readings, key=lambda reading: reading.entitlement.fen)
    newest = readings[-1]
    if best.entitlement.fen == newest.entitlement.fen:
        return newest
    return replace(best, waiting=newest.waiting)
