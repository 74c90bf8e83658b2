"""What one month should be: the conditions that all programmes share, then the programme's own rule.

no grant in the month → nothing      dead or gone → nothing
excluded by another programme → nothing      else → the rule, with its steps
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from kaoji.benefits.facts import Fact, FactsInForce
from kaoji.benefits.fen import written_fen
from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import Dated, Law, LawInMonth, NotInForce
from kaoji.benefits.months import Month, written_month
from kaoji.core.speech import Sentence, say


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning, and the value of the law it rests on."""

    sentence: Sentence
    basis: Dated[object] | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What is due for one month in fen, why, and what a person must still settle (*asks*)."""

    fen: int
    steps: tuple[Step, ...] = ()
    asks: tuple[Sentence, ...] = ()


Rule = Callable[[FactsInForce, Month, LawInMonth], Entitlement]


@dataclass(frozen=True)
class Programme:
    """A programme: its law, and the rule that its facts and its law are put into."""

    law: Law
    rule: Rule

    @property
    def name(self) -> str:
        """The folder of its law: `child_living`."""
        return self.law.programme


def due(fen: int, sentence: Sentence, basis: Dated[object] | None = None) -> Entitlement:
    """An entitlement of one step."""
    return Entitlement(fen, (Step(sentence, basis),))


@lru_cache(maxsize=1024)
def monthly(kind: str, code: str, amount: Dated[int]) -> Entitlement:
    """So much a month for whoever has that value; the same for many people, so made once."""
    title, fen = kinds()[kind].written(code), amount.value
    return due(
        fen, say("{what}，每月 {amount} 元", what=title, amount=written_fen(fen)), amount
    )


def value_step(law: LawInMonth, name: str) -> Step:
    """A value of the law as a step of its own, with its source."""
    amount, title = law.fen(name), law.law.amount_titles[name]
    said = say("{title} {amount} 元", title=say(title), amount=written_fen(amount.value))
    return Step(said, amount)


def nothing(sentence: Sentence) -> Entitlement:
    """No entitlement, and why."""
    return Entitlement(0, (Step(sentence),))


def undecided(sentence: Sentence) -> Entitlement:
    """Nothing can be reckoned before somebody settles this."""
    return Entitlement(0, (Step(sentence),), (sentence,))


def missing(kind: str) -> Entitlement:
    """The rule lacks a fact that it cannot do without."""
    return undecided(say("没有记录{kind}，请补上", kind=kinds()[kind].said))


def entitlement(
    programme: Programme, facts: FactsInForce, of: Month, law: LawInMonth
) -> Entitlement:
    """What a month should be by these facts and this law."""
    if facts.value("grant", of) != "given":
        return nothing(say("{month} 没有待遇决定", month=written_month(of)))
    for ending in _ENDINGS if law.word("moves_within_city") == "ends" else _ENDINGS[:2]:
        if (ended := facts.holding(ending, of)) is not None and not _came_back(
            facts, ended, of
        ):
            title = kinds()[ending].said
            return nothing(say("{day} {what}，不再发放", day=ended.since, what=title))
    for other in law.setting("excludes") if "excludes" in law.settings else ():
        if (decided := facts.holding(f"excluded_by {other}", of)) is not None:
            title = kinds()["excluded_by"].written(other)
            return nothing(
                say("自 {day} 起享受{other}，不重复享受", day=decided.since, other=title)
            )
    try:
        return programme.rule(facts, of, law)
    except NotInForce as absent:
        return undecided(absent.sentence)


def _came_back(facts: FactsInForce, ended: Fact, of: Month) -> bool:
    """Was the grant that holds given after they had left? A departure ends what was granted before it."""
    grant = facts.holding("grant", of)
    return ended.kind != "death" and grant is not None and ended.since < grant.since


_ENDINGS = ("death", "left_city", "left_district")
