"""Reckoning benefits: items a second, by how much people's lives changed; bank lines read and matched.

    python scripts/benchmark_benefits.py [items]

Invents people and runs the first quarter of 2023 for them; then some once more over all months in
reach, as for people about whom something new was heard. Inventing people is not counted. Printed,
never tested: CPU seconds are the honest column on a shared machine, and items a CPU second.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from itertools import islice
from random import Random

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier, Fact
from kaoji.benefits.months import Month, first_day, month
from kaoji.benefits.payments import Try, judge
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.run import Granted, GrantedMonths, Run, compute
from kaoji.documents.banks.answers import read_return
from kaoji.documents.banks.layout import bank_layouts
from kaoji.documents.banks.writing import OutgoingLine, write_files

JANUARY, MARCH = month(2023, 1), month(2023, 3)
RUN = Run(JANUARY, date(2023, 1, 5))
KINDS = ("sight", "hearing", "physical", "intellectual", "mental")
STATUS = ("dibao", "near_dibao", "severe_unemployed")
LINES, TOUCHED, CHUNK = 100_000, 1_000, 10_000


class Clock(AbstractContextManager[None]):
    """Adds up the time spent inside it."""

    cpu = wall = 0.0

    def __enter__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def __exit__(self, *fault: object) -> None:
        self.cpu += time.process_time() - self._cpu
        self.wall += time.perf_counter() - self._wall


def main() -> None:
    """Invent, run, print."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    known = programmes()
    print(f"{'':46}{'count':>11}{'cpu s':>8}{'wall s':>8}{'count / cpu s':>15}")
    _show(
        "old_age_allowance, a quarter paid ahead", _new(known["old_age_allowance"], items // 3)
    )
    few = items // 10
    for name in ("disability_nursing", "disability_living"):
        _show(f"{name}, one month", _new(known[name], few))
    _show(
        "disability_nursing, two grades told later",
        _new(known["disability_nursing"], few, told=2),
    )
    _show(
        f"months in reach of {TOUCHED:,} people touched", _touched(known["old_age_allowance"])
    )
    _show("bank lines read by layout and matched", _bank())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MiB")


def _show(title: str, measured: tuple[int, Clock]) -> None:
    count, clock = measured
    print(
        f"{title:46}{count:>11,}{clock.cpu:>8.1f}{clock.wall:>8.1f}{count / clock.cpu:>15,.0f}"
    )


def _new(programme: Programme, people: int, *, told: int = 0) -> tuple[int, Clock]:
    """Items of a run in which nobody was touched since the last one."""
    return _reckoned(programme, _people(people, told), {}, RUN, touched=False)


def _touched(programme: Programme) -> tuple[int, Clock]:
    """Who is heard of anew is reckoned over all months in reach, against what was granted."""
    before = Granted(15_000, date(2021, 1, 5))
    granted: GrantedMonths = {Month(of): before for of in range(JANUARY - 24, MARCH + 1)}
    run = Run(Month(MARCH + 1), date(2023, 4, 5))
    _items, clock = _reckoned(programme, _people(TOUCHED, 0), granted, run, touched=True)
    return TOUCHED * (24 + 3), clock


def _reckoned(
    programme: Programme,
    people: Iterator[Dossier],
    granted: GrantedMonths,
    run: Run,
    *,
    touched: bool,
) -> tuple[int, Clock]:
    clock, count = Clock(), 0
    ask: Callable[[Dossier], bool] = lambda dossier: touched  # noqa: E731
    while group := list(islice(people, CHUNK)):
        with clock:
            found = compute(programme, group, lambda who: granted, run, touched=ask)
            count += sum(len(each.items) for each in found)
    return count, clock


def _bank() -> tuple[int, Clock]:
    layout, clock = bank_layouts()["cmb_batch"], Clock()
    lines = [
        OutgoingLine(f"K{number}", f"{6225880000000000 + number}", "王小芳", 15_000)
        for number in range(LINES)
    ]
    files = write_files(layout.upload, lines, batch_reference="B1")
    answers = [_answer(file.lines) for file in files]
    tries = [Try(line.reference, line.reference, line.fen) for line in lines]
    with clock:
        read = [line for back in answers for line in read_return(layout.answer, back).lines]
        return len(judge(read, tries)), clock


def _answer(lines: Iterable[tuple[int, str]]) -> bytes:
    rows = [f"{place}|150.00|20230110|S|||{reference}\r\n" for place, reference in lines]
    return f"B1|{len(rows)}|{len(rows) * 150}.00\r\n{''.join(rows)}".encode("gb18030")


def _people(count: int, told: int) -> Iterator[Dossier]:
    """Invented people, always the same, one after another."""
    chance = Random(2023)  # noqa: S311 - invented people, no secrets
    since = date(2021, 12, 1)
    for number in range(count):
        born = date(1922, 1, 1) + timedelta(chance.randrange(43 * 365))
        facts = [
            Fact(1, "birth", born, born),
            Fact(2, "grant", "given", since),
            Fact(3, "disability_grade", 1 + chance.randrange(3), since),
            Fact(4, "disability_kind", chance.choice(KINDS), since),
            Fact(5, "household_status", chance.choice(STATUS), since),
            Fact(6, "town", f"{chance.randrange(17)}", since),
        ]
        if chance.randrange(100) == 0:
            died = first_day(Month(JANUARY + chance.randrange(3)))
            facts.append(Fact(7, "death", died, died, known_at=date(2023, 1, 4)))
        for place in range(told):
            known = date(2022, 6 + place, 1)
            facts.append(Fact(8 + place, "disability_grade", 1 + place, known, known_at=known))
        yield Dossier(f"{number}", tuple(facts))


if __name__ == "__main__":
    main()
