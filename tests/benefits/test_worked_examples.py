"""The worked examples beside each law run, and come out as they are written."""

from __future__ import annotations

from importlib import resources

import pytest

from kaoji.benefits.example_reading import ExampleReader
from kaoji.benefits.examples import blocks_in
from kaoji.benefits.playing import Player
from kaoji.benefits.programmes.catalogue import programmes

CASES = [
    pytest.param(line, block, id=f"{name}:{line}")
    for name in programmes()
    for line, block in blocks_in(
        (resources.files("kaoji.standards") / "benefits" / name / "cases.md").read_text("utf-8")
    )
]


@pytest.mark.parametrize(("line", "block"), CASES)
def test_a_worked_example_comes_out_as_it_is_written(line: int, block: str):
    example = ExampleReader(programmes(), first_line=line).read(block)

    misses = [str(miss) for batch in Player(example).play() for miss in batch.misses]

    assert misses == []


def test_every_programme_has_worked_examples():
    assert len(CASES) >= 2 * len(programmes())
