"""Processes of the site count together: what one address used up, it used up in all of them."""

from __future__ import annotations

import os
import time

import pytest

from kaoji.platform.middleware.limits import Limit
from kaoji.platform.middleware.shared_counts import SharedCounts

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def in_processes(count: int, act) -> list[int]:
    """What *act* gives in each of so many forked processes, a number below 256."""
    children = []
    for _ in range(count):
        child = os.fork()
        if child == 0:
            try:
                os._exit(act())
            finally:
                os._exit(255)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def test_four_processes_keep_one_limit():
    limit = Limit("searches", 60, 86_400)

    allowed = in_processes(4, lambda: sum(not limit.spend("10.1.1.1") for _ in range(50)))

    assert sum(allowed) == 60
    assert limit.is_spent("10.1.1.1")
    assert not limit.is_spent("10.1.1.2")


def test_a_process_that_dies_while_it_counts_holds_up_nobody():
    counts = SharedCounts()

    in_processes(2, lambda: counts._alone().__enter__() or 1)

    assert counts.add("甲", ends=10, now=1) == 1


def test_a_span_that_is_over_is_forgotten():
    counts = SharedCounts()
    counts.add("甲", ends=10, now=1)

    assert counts.used("甲", now=9) == 1
    assert counts.used("甲", now=10) == 0
    assert counts.add("甲", ends=20, now=10) == 1


def test_where_there_is_no_room_who_came_once_gives_way_to_who_comes_often():
    counts, now = SharedCounts(buckets=1), int(time.time())
    for _ in range(5):
        counts.add("often", ends=now + 60, now=now)
    for number in range(100):
        counts.add(f"once {number}", ends=now + 60, now=now)

    assert counts.add("often", ends=now + 60, now=now) == 6
