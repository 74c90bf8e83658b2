"""The law that an export brings along, as the kernel takes it; and where it differs from the one installed here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kaoji.audit.ledger.export import Export
from kaoji.benefits.entitlement import Programme
from kaoji.benefits.law import Law
from kaoji.benefits.law_reading import UnusableLaw, read_law
from kaoji.benefits.months import written_month
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.core.speech import Sentence, say


class UnreadableLaw(ValueError):
    """The law of the export cannot be used, or belongs to no programme known here."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def law_in(export: Export) -> Programme:
    """The programme by the law of the export and the rule installed here. Raises UnreadableLaw."""
    known = programmes().get(str(export.manifest["programme"]))
    if known is None:
        raise UnreadableLaw(
            say("不认识项目“{name}”，请换较新的 kaoji", name=export.manifest["programme"])
        )
    try:
        law = read_law(_as_read(export.law), file="law.json")
    except UnusableLaw as fault:
        raise UnreadableLaw(fault.sentence) from fault
    if law.programme != export.manifest["programme"]:
        raise UnreadableLaw(say("law.json 是“{law}”的规定，不是这个项目的", law=law.programme))
    return Programme(law, known.rule)


def _as_read(data: Any) -> Any:
    """JSON as the YAML of a law is read: days are days, ages are numbers."""
    if isinstance(data, list):
        return [_as_read(item) for item in data]
    if not isinstance(data, dict):
        return data
    read = {int(key) if key.isdigit() else key: _as_read(item) for key, item in data.items()}
    if isinstance(read.get("issued"), str):
        read["issued"] = date.fromisoformat(read["issued"])
    return read


def differs_from_here(programme: Programme) -> Iterator[Sentence]:
    """Values that stand otherwise in the law installed here: whose is right, the paper says."""
    here = programmes()[programme.name].law
    ours, theirs = _values(here), _values(programme.law)
    for name, since in sorted(ours.keys() ^ theirs.keys()):
        yield say(
            "规定“{name}”自 {since} 的值只有一边有：导出 {theirs}，本机 {ours}",
            name=name,
            since=since,
            theirs=theirs.get((name, since), "—"),
            ours=ours.get((name, since), "—"),
        )
    for name, since in sorted(ours.keys() & theirs.keys()):
        if ours[name, since] != theirs[name, since]:
            yield say(
                "规定“{name}”自 {since}：导出 {theirs}，本机 {ours}",
                name=name,
                since=since,
                theirs=theirs[name, since],
                ours=ours[name, since],
            )


def _values(law: Law) -> dict[tuple[str, str], str]:
    return {
        (name, f"{written_month(value.since)}/{value.known_on}"): str(value.value)
        for name, value in law.values()
    }
