"""What a change of the law would do to the next run, before anybody approves it: people, plus, minus, by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier
from kaoji.benefits.law import Law
from kaoji.benefits.months import Month
from kaoji.benefits.run import GrantedMonths, Run, differences


@dataclass(frozen=True, slots=True)
class Change:
    """What changes in one month: for how many people, by how many fen more and less."""

    month: Month
    people: int
    plus: int
    minus: int


def preview(
    programme: Programme,
    changed: Law,
    dossiers: Iterable[Dossier],
    granted: Callable[[str], GrantedMonths],
    run: Run,
) -> list[Change]:
    """The run by the law in force beside the run by the changed law, month by month."""
    other = Programme(changed, programme.rule)
    sums: dict[Month, tuple[int, int, int]] = {}
    for dossier in dossiers:
        before, after = (
            {
                item.month: item.fen
                for item in differences(each, dossier, granted(dossier.beneficiary), run).items
            }
            for each in (programme, other)
        )
        for of in before.keys() | after.keys():
            by = after.get(of, 0) - before.get(of, 0)
            if by:
                people, plus, minus = sums.get(of, (0, 0, 0))
                sums[of] = (people + 1, plus + max(by, 0), minus + max(-by, 0))
    return [Change(of, *sums[of]) for of in sorted(sums)]
