"""How the demo's invented rows are written out: short groups become the rows of a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

YEAR = 2023
MONTHS = range(1, 13)


def service_lines(groups: list[dict[str, Any]]) -> list[list[str]]:
    """The rows of a sheet of service records, captions first."""
    from kaoji.measuring.ways.service_records import SERVICE_NAMES

    captions = ["种类", "日期", "事项", "地点", "人数", "应到", "数量", "单位", "期限", "合格"]
    lines = [captions]
    seen: dict[tuple[str, ...], int] = {}
    for group in groups:
        for number, on in enumerate(days(group["days"])):
            late, failed = group.get("late", []), group.get("failed", [])
            due = on - timedelta(2) if number in late else None
            if due is None and group.get("due") is not None:
                due = on + timedelta(group["due"])
            passed = "" if not group.get("passed") else "否" if number in failed else "是"
            place = turn(group.get("places"), number)
            same = (group["kind"], on.isoformat(), group["subject"], place)
            seen[same] = seen.get(same, 0) + 1
            if seen[same] > 1:  # two of one kind on one day are told apart
                place = f"{place}（第 {seen[same]} 组）"
            lines.append(
                [
                    SERVICE_NAMES[group["kind"]],
                    on.isoformat(),
                    group["subject"],
                    place,
                    turn(group.get("people"), number),
                    turn(group.get("expected"), number),
                    turn(group.get("quantity"), number),
                    group.get("unit", ""),
                    due.isoformat() if due else "",
                    passed,
                ]
            )
    return lines


def days(told: Any) -> Iterator[date]:
    """The days of a group: a list, `monthly`, `quarterly`, or so many times between two days."""
    if told == "monthly":
        yield from (date(YEAR, month, 15) for month in MONTHS)
    elif told == "quarterly":
        yield from (date(YEAR, month, 20) for month in (3, 6, 9, 12))
    elif isinstance(told, dict):
        first, last, times = day_of(told["from"]), day_of(told["to"]), told["times"]
        for number in range(times):
            yield first + timedelta(round((last - first).days * number / max(1, times - 1)))
    else:
        yield from map(day_of, told)


def day_of(text: str) -> date:
    """The day of the year that `04-10` names."""
    month, day = str(text).split("-")
    return date(YEAR, int(month), int(day))


def turn(told: Any, number: int) -> str:
    """The value for a row: lists are taken in turn."""
    value = told[number % len(told)] if isinstance(told, list) else told
    return "" if value is None else str(value)


def as_csv(lines: list[list[str]]) -> bytes:
    """The lines as the bytes of a sheet."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()
