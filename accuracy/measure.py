"""Run every rule by itself over every labelled form and count what it got right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from accuracy.beside import of_neighbours, of_outcomes, of_their_own
from accuracy.mutations import Mutant, mutants
from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.finding import Outcome
from kaoji.core.indicator import Indicator
from kaoji.core.provenance import Repair
from kaoji.documents.reader import read_document
from kaoji.rules.catalogue import CATALOGUE
from kaoji.rules.context import Context
from kaoji.rules.engine import check
from kaoji.rules.rule import Rule
from kaoji.samples import SONGJIANG_2023

LABELS = Path(__file__).parent / "labels"
_SEEDS = range(3)
CORPORA = ("songjiang", "regions")


@dataclass(frozen=True)
class Place:
    """One cell of one labelled form."""

    corpus: str
    form: int
    place: str


@dataclass
class Tally:
    """What a rule got right and wrong; *missed* and *false_alarms* by their places."""

    right: int = 0
    made_right: int = 0
    missed: list[Place] = field(default_factory=list)
    false_alarms: list[Place] = field(default_factory=list)
    undecided: int = 0
    on_sample: int = 0

    @property
    def precision(self) -> float | None:
        """Of what it reported, how much was right; None when it reported nothing."""
        reported = self.found + len(self.false_alarms)
        return self.found / reported if reported else None

    @property
    def recall(self) -> float | None:
        """Of what it should have reported, how much it did; None when there was nothing."""
        wanted = self.found + len(self.missed)
        return self.found / wanted if wanted else None

    @property
    def found(self) -> int:
        """Right findings, on labelled forms and on mutants."""
        return self.right + self.made_right


def measure() -> dict[str, Tally]:
    """The tally of every rule, by its id."""
    tallies = {rule.id: Tally() for rule in CATALOGUE}
    for corpus in CORPORA:
        _judge(corpus, list(_forms(corpus)), _labels(corpus), tallies)
    _judge_mutants(list(all_mutants()), tallies)
    return tallies


def overall(tallies: Iterable[Tally]) -> tuple[float, float]:
    """Precision and recall over all rules' findings."""
    tallies = list(tallies)
    found = sum(tally.found for tally in tallies)
    alarms = sum(len(tally.false_alarms) for tally in tallies)
    missed = sum(len(tally.missed) for tally in tallies)
    return found / (found + alarms), found / (found + missed)


def all_mutants() -> Iterator[Mutant]:
    """The mutants of every clean form."""
    clean = notation.parse_all((LABELS / "clean.txt").read_text("utf-8"))
    for seed in _SEEDS:
        chance = Random(seed)
        for form in clean:
            others = tuple(other for other in clean if other is not form)
            yield from mutants(form, others, chance)
            yield from of_outcomes(form, chance)
    for form in clean:
        others = tuple(other for other in clean if other is not form)
        yield from of_neighbours(form, others)
        yield from of_their_own(form)


def _forms(corpus: str) -> Iterator[tuple[Declaration, tuple[Repair, ...]]]:
    if corpus == "songjiang":
        document = SONGJIANG_2023
        for item in read_document(document.read_bytes(), name=document.name).forms:
            yield item.form, item.repairs
    else:
        for form in notation.parse_all((LABELS / f"{corpus}.txt").read_text("utf-8")):
            yield form, ()


def _labels(corpus: str) -> dict[str, dict[Place, str]]:
    """By rule: the places at fault, each with `yes`, or `?` where readers would disagree."""
    labels: dict[str, dict[Place, str]] = defaultdict(dict)
    for line in (LABELS / f"{corpus}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            rule, form, place, verdict, *_ = line.split("\t")
            where = Place(corpus, int(form), place)
            if labels[rule].get(where) != "yes":
                labels[rule][where] = verdict
    return labels


def _judge(
    corpus: str,
    forms: list[tuple[Declaration, tuple[Repair, ...]]],
    labels: dict[str, dict[Place, str]],
    tallies: dict[str, Tally],
) -> None:
    for rule in CATALOGUE:
        found = set()
        for number, (form, repairs) in enumerate(forms, start=1):
            context = Context(repairs=repairs, siblings=_siblings(form, forms))
            places, undecided = _found(rule, form, context)
            found |= {Place(corpus, number, place) for place in places}
            tallies[rule.id].undecided += undecided
        tally, known = tallies[rule.id], labels[rule.id]
        firm = {place for place, verdict in known.items() if verdict == "yes"}
        tally.right += len(found & firm)
        tally.missed += sorted(firm - found, key=str)
        tally.false_alarms += sorted(found - known.keys(), key=str)
        tally.on_sample += len(found) if corpus == "songjiang" else 0


def _siblings(
    form: Declaration, forms: list[tuple[Declaration, tuple[Repair, ...]]]
) -> tuple[Declaration, ...]:
    return tuple(
        other
        for other, _ in forms
        if other is not form and other.implementing_unit == form.implementing_unit
    )


def _judge_mutants(made: list[Mutant], tallies: dict[str, Tally]) -> None:
    for number, mutant in enumerate(made, start=1):
        if mutant.rule == "-":
            continue
        [rule] = [rule for rule in CATALOGUE if rule.id == mutant.rule]
        places, undecided = _found(rule, mutant.form, mutant.context)
        tally = tallies[rule.id]
        tally.undecided += undecided
        if mutant.place in places:
            tally.made_right += 1
        else:
            tally.missed.append(Place("mutants", number, mutant.place))
    for number, clean in enumerate(_clean_twins(made), start=1):
        for rule in CATALOGUE:
            places, _ = _found(rule, clean.form, clean.context)
            tallies[rule.id].false_alarms += [Place("clean", number, p) for p in sorted(places)]


def _clean_twins(made: list[Mutant]) -> Iterator[Mutant]:
    """Each clean form once beside its neighbours, and once as a self-evaluation."""
    seen = set()
    for mutant in made:
        key = (mutant.form.project_name, mutant.context.outcome is not None)
        if mutant.rule == "-" and key not in seen:
            seen.add(key)
            yield mutant


def _found(rule: Rule, form: Declaration, context: Context) -> tuple[set[str], int]:
    """The places where a rule finds something, and how often it could not decide."""
    report = check(form, context=context, rules=[rule])
    findings = [item for item in report.findings if item.rule.id == rule.id]
    places = {
        item.finding.about.name
        if isinstance(item.finding.about, Indicator)
        else item.finding.about
        for item in findings
        if item.outcome is Outcome.FOUND
    }
    return places, sum(item.outcome is Outcome.UNDECIDED for item in findings)
