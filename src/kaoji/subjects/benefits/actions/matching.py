"""Sort the lines of a returned file: what answers a line of ours, what the bank paid besides, what it took back of that.

What answers nothing of ours, is said twice or names another amount may come from another bank or another month.
So it is refused at its line, until somebody says on which word of the bank it was credited after all: then it is
money paid besides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from kaoji.benefits.fen import written_fen
from kaoji.benefits.identity import veiled_reference
from kaoji.benefits.payments import (
    BankLine,
    Judged,
    Outcome,
    Verdict,
    credited_again,
    judge,
)
from kaoji.benefits.payments import Try as Sent
from kaoji.core.speech import Sentence, say
from kaoji.documents.banks.answers import ReturnReading
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.reversals import (
    BACK,
    Back,
    Besides,
    Placed,
    hash_of_reference,
    reference_hash_of,
    taken_back,
    taken_back_here,
)
from kaoji.subjects.benefits.models import Overpayment, Regained, ReturnLine, Run, Try

_MOST_TOLD = 200
Why = Overpayment.Why


@dataclass
class Sorted:
    """The lines of a file by what they are."""

    answers: list[Placed] = field(default_factory=list)
    besides: list[Besides] = field(default_factory=list)
    back: list[Back] = field(default_factory=list)
    refusals: list[Sentence] = field(default_factory=list)


def sorted_lines(
    run: Run, reading: ReturnReading, tries: Mapping[str, Try], *, confirmed: bool
) -> Sorted:
    """Sort them. Raises UnableToAct where the file says nothing new."""
    said = list(_said(run, tries))
    fresh = list(_news(run, reading, said))
    if reading.lines and not fresh:
        raise UnableToAct(say("这份回盘的每一笔都已读入过，没有新的结果"))
    back, fresh, refusals = taken_back(run, fresh, tries, confirmed=confirmed)
    found = Sorted(back=back, refusals=refusals)
    judged = judge(
        [line for _, line in fresh],
        [Sent(each.reference, str(each.payment_id), each.fen) for each in tries.values()],
        seen=said,
    )
    again = _again(said, fresh, judged)
    refused = _credited_in_refused_files(run, judged)
    others = _of_other_runs(judged)
    odd: list[tuple[int, Judged]] = []
    for at, (number, each) in enumerate(
        zip((number for number, _ in fresh), judged, strict=True)
    ):
        besides = _besides(number, each, tries, others, again=at in again)
        if besides is not None and confirmed:
            _take_besides(besides, found)
        elif besides is not None:
            found.refusals.append(_ask(besides, each))
        elif each.line.reference in refused and not confirmed:
            found.refusals.append(_of_refused_file(number, each.line))
        elif each.verdict is Verdict.MATCHED:
            found.answers.append((number, each.line))
        else:
            odd.append((number, each))
    _take_odd(odd, found, tries, others)
    return found


def _take_besides(besides: Besides, found: Sorted) -> None:
    found.besides.append(besides)
    if besides.is_answer and besides.answers is not None:
        sent = replace(besides.line, fen=besides.answers.fen)
        found.answers.append((besides.number, sent))


def _take_odd(
    odd: Iterable[tuple[int, Judged]],
    found: Sorted,
    tries: Mapping[str, Try],
    others: Mapping[str, Run],
) -> None:
    """What answers nothing takes back what the same file paid besides, or is refused at its line."""
    used: set[int] = set()
    for number, each in odd:
        taken = taken_back_here((number, each.line), found.besides, tries, used)
        if taken is None:
            why = _why(each, others)
            found.refusals.append(say("第 {line} 行：{why}", line=number, why=why))
            continue
        back, rest = taken
        found.back.append(back)
        if rest:
            found.answers.append((number, replace(each.line, fen=rest)))


def _said(run: Run, tries: Mapping[str, Try]) -> Iterator[BankLine]:
    """What earlier files said of the run's tries."""
    by_key = {each.pk: reference for reference, each in tries.items()}
    rows = ReturnLine.objects.filter(answers__file__run=run)
    for key, on, outcome, fen in rows.values_list("answers", "on", "outcome", "fen"):
        yield BankLine(on, Outcome(outcome), by_key[key], fen)


def _news(run: Run, reading: ReturnReading, said: Iterable[BankLine]) -> Iterator[Placed]:
    """The lines without what earlier files said just so, as often as they did: a bank may tell the whole month."""
    known = Counter((line.reference, line.on, line.outcome, line.fen) for line in said)
    besides = _told_besides(run, known)
    for number, line in zip(reading.numbers, reading.lines, strict=True):
        key = (line.reference, line.on, line.outcome, line.fen)
        told = besides and (hash_of_reference(line), line.on, line.outcome in BACK, line.fen)
        if told and besides[told]:
            besides[told] -= 1
        elif known[key]:
            known[key] -= 1
        else:
            yield number, line


def _told_besides(run: Run, known: Counter[_Line]) -> Counter[_Told]:
    """The lines that were kept as paid besides, or as taken back of that; they answer nothing."""
    found: Counter[_Told] = Counter()
    kept = Overpayment.objects.filter(_told_here(run)).exclude(why__in=Overpayment.BY_ANSWERS)
    for row in kept.select_related("answers"):
        found[row.reference_hash, row.on, False, row.said] += 1
        if row.answers is not None and _is_answer(row):
            known[row.answers.reference, row.on, Outcome.CREDITED, row.answers.fen] -= 1
    back = Regained.objects.filter(file__run=run).select_related("overpayment")
    for each in back:
        hashed = reference_hash_of(each.overpayment)
        found[hashed, each.on, True, int(each.said or 0)] += 1
    return found


def _told_here(run: Run) -> Q:
    """What the run's files told; a stranger's line may stand in the file of every run of the programme."""
    strange = Q(why=Why.UNKNOWN, run__place=run.place_id, run__programme=run.programme)
    return Q(file__run=run) | (strange & ~Q(reference=""))


def _is_answer(row: Overpayment) -> bool:
    """Did its line credit what was sent, too?"""
    return row.why == Why.MORE and row.file.answered.filter(line=row.line).exists()


_Line = tuple[str, date, Outcome, int]
_Told = tuple[str, date, bool, int]


def _again(said: list[BankLine], fresh: list[Placed], judged: list[Judged]) -> set[int]:
    """Which of the lines, by their place among the fresh ones, credit a try that stands credited already."""
    heard: defaultdict[str, list[BankLine]] = defaultdict(list)
    new: defaultdict[str, list[tuple[BankLine, int]]] = defaultdict(list)
    for at, each in enumerate(judged):
        # The place is told by the line that was judged: of two alike it is the later one.
        if each.answers is not None and each.verdict is not Verdict.REPEATED:
            line = replace(each.line, reference=each.answers.reference)
            heard[line.reference].append(line)
            if line.outcome is Outcome.CREDITED:
                new[line.reference].append((line, at))
    for line in said:
        if line.reference in new:
            heard[line.reference].append(line)
    found: set[int] = set()
    for reference, lines in new.items():
        count = credited_again(heard[reference])
        found |= {at for _line, at in sorted(lines)[len(lines) - count :]} if count else set()
    return found


def _besides(
    number: int,
    each: Judged,
    tries: Mapping[str, Try],
    others: Mapping[str, Run],
    *,
    again: bool,
) -> Besides | None:
    """The line as money paid besides, where it can be that."""
    line = each.line
    if line.outcome is not Outcome.CREDITED:
        return None
    if each.answers is None:
        unknown = line.reference not in others
        return Besides(number, line, Why.UNKNOWN, None, line.fen) if unknown else None
    answers, sent = tries[each.answers.reference], each.answers.fen
    repeated = each.verdict is Verdict.REPEATED
    if again or (repeated and line.fen == sent):
        return Besides(number, line, Why.AGAIN, answers, line.fen)
    if line.fen > sent:  # said so at once, or corrected later for the same day
        return Besides(number, line, Why.MORE, answers, line.fen - sent, not repeated)
    return None


def _of_other_runs(judged: Iterable[Judged]) -> dict[str, Run]:
    """By reference of which other run the lines are that answer nothing here."""
    unknown = [each.line.reference for each in judged if each.verdict is Verdict.UNKNOWN]
    elsewhere = Try.objects.filter(reference__in=unknown[:_MOST_TOLD])
    return {each.reference: each.file.run for each in elsewhere.select_related("file__run")}


def _ask(besides: Besides, each: Judged) -> Sentence:
    """What is wrong with the line, and what to do where the bank stands by it."""
    line = besides.line
    if besides.why is Why.AGAIN and each.verdict is not Verdict.REPEATED:
        why = say(
            "参考号 {reference} 已经到账，这里又说 {day} 到账 {fen} 元",
            reference=line.reference,
            day=line.on,
            fen=written_fen(line.fen),
        )
    else:
        why = _why(each, {})
    return say(
        "第 {line} 行：{why}。银行确认这笔钱确已付出的，写明依据后再读入，登记为多付",
        line=besides.number,
        why=why,
    )


def _credited_in_refused_files(run: Run, judged: Iterable[Judged]) -> set[str]:
    """By reference what is credited though the bank had refused the whole file that it stood in."""
    if not run.bank_files.filter(turned_down__isnull=False).exists():
        return set()
    refused = Try.objects.filter(file__run=run, file__turned_down__isnull=False)
    credited = {each.line.reference for each in judged if each.line.outcome is Outcome.CREDITED}
    return credited & set(refused.values_list("reference", flat=True))


def _of_refused_file(number: int, line: BankLine) -> Sentence:
    return say(
        "第 {line} 行：参考号 {reference} 所在的盘片已登记为银行整份退回，这里却说 {day} 到账；"
        "请向银行核实。银行确认确已付出的，写明依据后再读入",
        line=number,
        reference=line.reference,
        day=line.on,
    )


def _other_amount(line: BankLine, sent: int) -> Sentence:
    return say(
        "参考号 {reference} 发出 {sent} 元，回盘是 {said} 元，金额不符；请向银行核实",
        reference=line.reference,
        sent=written_fen(sent),
        said=written_fen(line.fen),
    )


def _why(found: Judged, others: Mapping[str, Run]) -> Sentence:
    reference = found.line.reference
    if found.verdict is Verdict.UNKNOWN and reference in others:
        return say(
            "参考号 {reference} 是 {month} 另一批次的，请到那一批次读入",
            reference=reference,
            month=others[reference].written,
        )
    if found.answers is not None and found.line.fen != found.answers.fen:
        return _other_amount(found.line, found.answers.fen)
    if found.verdict is Verdict.REPEATED:
        return say("参考号 {reference} 的这一结果已经说过，重复了", reference=reference)
    return say(
        "参考号“{reference}”不是我们发出的；是否拿错了文件？",
        reference=veiled_reference(reference),
    )
