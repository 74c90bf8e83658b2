"""What a document holds and does not show its reader: left out, and told in a few sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaoji.core.provenance import UNKNOWN_PLACE, Origin
from kaoji.core.speech import Sentence
from kaoji.documents.manuscript import Omission

_SHOWN_TEXTS = 5
_LONGEST_TEXT = 30


@dataclass
class _Kind:
    origin: Origin
    texts: list[str] = field(default_factory=list)


class Unseen:
    """Collects by kind what was left out, and tells each kind once, with where it began.

    *place* is where the reading has arrived.
    """

    def __init__(self) -> None:
        self.place = UNKNOWN_PLACE
        self._kinds: dict[str, _Kind] = {}

    def note(self, told: Sentence, text: str = "") -> None:
        """Note a kind, and a text that is quoted where the sentence asks for `{texts}`."""
        kind = self._kinds.setdefault(told.template, _Kind(self.place))
        bare = " ".join(text.split())
        if bare:
            kind.texts.append(bare)

    def omissions(self) -> list[Omission]:
        """One omission a kind; a kind that quotes is told only where there was text."""
        return [
            Omission(
                Sentence(template, {"texts": _quoted(kind.texts)} if kind.texts else {}),
                kind.origin,
            )
            for template, kind in self._kinds.items()
            if kind.texts or "{texts}" not in template
        ]


def _quoted(texts: list[str]) -> str:
    """The first few texts in quotation marks, long ones cut, and how many there are."""
    shown = [
        f"“{text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + '…'}”"
        for text in dict.fromkeys(texts)
    ]
    more = "…" if len(shown) > _SHOWN_TEXTS else ""
    return "、".join(shown[:_SHOWN_TEXTS]) + more
