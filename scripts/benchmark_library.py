"""Searching the library of indicators: milliseconds a query over many entries.

    python scripts/benchmark_library.py [entries]

Fills an empty SQLite database (or the one that KAOJI_DATABASE_URL names, which must be empty)
with invented names and searches it. Printed, never tested.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from random import Random

QUERIES = (
    "居民满意度",
    "养护里程",
    "补贴发放及时率",
    "培训",
    "投诉",
    "老年人助餐人次",
    "合格率",
    "河道水质达标",
)
SUBJECTS = [
    "道路",
    "桥梁",
    "河道",
    "居民",
    "老年人",
    "残疾人",
    "社区",
    "学校",
    "医院",
    "企业",
    "农田",
    "林地",
    "公园",
    "图书馆",
    "养老院",
    "幼儿园",
]
THINGS = [
    "养护",
    "培训",
    "补贴",
    "助餐",
    "监测",
    "巡查",
    "宣传",
    "设备",
    "档案",
    "消防",
    "绿化",
    "供水",
    "排水",
    "照明",
    "保洁",
    "安保",
]
MEASURES = [
    "里程",
    "人数",
    "人次",
    "合格率",
    "及时率",
    "覆盖率",
    "满意度",
    "投诉件数",
    "完好率",
    "更新套数",
    "达标率",
    "知晓率",
]
RUNS = 20


def main() -> None:
    """Fill, search, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("KAOJI_HOME", home)
        os.environ.setdefault("KAOJI_SECRET_KEY", "benchmark")
        from kaoji.cli.site import set_up

        set_up()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(count)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        from kaoji.subjects.library.models import LibraryEntry
        from kaoji.subjects.library.queries import search, suggest

        known = LibraryEntry.objects.filter(uses__gt=0)

        print(f"{count} entries{'':20}{'median ms':>12}{'worst ms':>12}{'found':>10}")
        for query in QUERIES:
            walls = []
            for _ in range(RUNS):
                begin = time.perf_counter()
                first = list(search(query, among=known)[:20])
                walls.append((time.perf_counter() - begin) * 1_000)
            suggest(query, among=known)
            print(
                f"{query:24}{statistics.median(walls):>18.1f}{max(walls):>12.1f}{len(first):>10}"
            )


def fill(count: int) -> None:
    """Invent entries and their pairs."""
    from kaoji.library.naming import key_of, pairs_of_name
    from kaoji.subjects.library.models import LibraryEntry, LibraryPair

    chance = Random(7)  # noqa: S311 - invented names, no secrets
    names: dict[str, str] = {}
    while len(names) < count:
        parts = chance.choice(SUBJECTS), chance.choice(THINGS), chance.choice(MEASURES)
        place = "".join(chr(0x4E00 + chance.randrange(3_000)) for _ in range(3))
        name = f"{place}{''.join(parts)}"
        names.setdefault(key_of(name), name)
    entries = [
        LibraryEntry(key=key, name=name, level2="数量指标", uses=1 + chance.randrange(9))
        for key, name in names.items()
    ]
    LibraryEntry.objects.bulk_create(entries, batch_size=5_000)
    LibraryPair.objects.bulk_create(
        (
            LibraryPair(pair=p, entry=entry)
            for entry in entries
            for p in pairs_of_name(entry.name)
        ),
        batch_size=10_000,
    )


if __name__ == "__main__":
    main()
