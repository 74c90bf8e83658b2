"""What the bank paid besides: who has it, how much of it is still open, what was decided.

What was paid besides of a line of ours is replayed with the money of its months: it may have come back since, or be
the payment now. Of a stranger's money what came back is subtracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kaoji.benefits.fen import written_fen
from kaoji.core.speech import Sentence, say
from kaoji.subjects.benefits.models import Overpayment, OverpaymentDecision, Run
from kaoji.subjects.benefits.queries.money import Months, money_of


@dataclass(frozen=True)
class Overpaid:
    """One of them, and what of it nobody has back yet: month by month, where a person's months are known."""

    row: Overpayment
    open: int
    months: Months

    @property
    def decision(self) -> OverpaymentDecision | None:
        """From whom it is asked back."""
        return getattr(self.row, "decision", None)

    @property
    def is_undecided(self) -> bool:
        """Does it wait for somebody's decision?"""
        return bool(self.open) and self.decision is None

    @property
    def sentence(self) -> Sentence:
        """Who got how much, on which day, by which line."""
        row, answers = self.row, self.row.answers
        if answers is None:
            who = say("参考号“{reference}”", reference=row.reference)
        else:
            person = answers.payment.person
            who = say("{name} {number}", name=person.name_masked, number=person.id_masked)
        why = Overpayment.Why(row.why).label
        return say(
            "{who}：银行 {day} 多付 {fen} 元（{why}），见第 {file} 份回盘第 {line} 行",
            who=who,
            day=row.on,
            fen=written_fen(row.fen),
            why=say(why),
            file=row.file_id,
            line=row.line,
        )


def rows_overpaid(run: Run) -> QuerySet[Overpayment]:
    """What was paid besides of a run, of the one that it sends again, and of those that send it again."""
    of = run.resends_id or run.pk
    return Overpayment.objects.filter(Q(run=of) | Q(run__resends=of)).select_related(
        "answers__payment__person", "answers__payment__run", "run", "decision__made_by"
    )


def overpaid_of(run: Run) -> list[Overpaid]:
    """All of them, in the order in which they were heard of."""
    return overpaid(rows_overpaid(run))


def undecided_of(run: Run) -> list[Overpaid]:
    """Those that are open and wait for a decision."""
    return [each for each in overpaid(rows_overpaid(run).filter(decision=None)) if each.open]


def overpaid(rows: Iterable[Overpayment]) -> list[Overpaid]:
    """What is open of each of these."""
    listed = list(rows)
    replayed = _replayed([row for row in listed if row.answers_id is not None])
    return [
        Overpaid(row, sum(fen for _, fen in months), months)
        if (months := replayed.get(row.pk)) is not None
        else _less_regained(row)
        for row in listed
    ]


def _less_regained(row: Overpayment) -> Overpaid:
    back = sum(row.regained.values_list("fen", flat=True))
    return Overpaid(row, row.fen - back, [])


def _replayed(rows: list[Overpayment]) -> dict[int, Months]:
    """By key what of each is still with whoever got it; of a try that was credited twice over, the last counts."""
    found: dict[int, Months] = {row.pk: [] for row in rows}
    by_try = Overpayment.objects.filter(why__in=Overpayment.BY_ANSWERS).order_by("id")
    newest = dict(
        by_try.filter(answers__in=[row.answers_id for row in rows]).values_list("answers", "id")
    )
    last = {row.sending: row for row in rows if row.pk == newest.get(row.sending, row.pk)}
    runs: defaultdict[int, list[Overpayment]] = defaultdict(list)
    for row in last.values():
        runs[row.tried.payment.run_id].append(row)
    for run, mine in runs.items():
        months = {month for row in mine for month, _fen in row.tried.months}
        people = {row.tried.payment.person_id for row in mine}
        money = money_of(mine[0].tried.payment.run, months, people)
        for row in mine:
            for month, _fen in row.tried.months:
                purse = money[row.tried.payment.person_id, month].purses[run]
                if left := purse.besides.get(row.sending, 0):
                    found[row.pk].append((month, left))
    return found


def first_months(months: Months, fen: int) -> Months:
    """Of which months so many fen are that came back: the first ones that are open."""
    found: Months = []
    for month, open_ in sorted(months):
        part = min(open_, fen)
        if part:
            found.append((month, part))
            fen -= part
    return found
