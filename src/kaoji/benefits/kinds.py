"""Which kinds of facts there are, and which values each may have (`standards/benefits/facts.yaml`).

>>> kind_called("类别").read("社会散居孤儿")
'orphan_in_community'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from kaoji.benefits.fen import UnreadableFen, read_fen
from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import Sentence, say
from kaoji.standards.files import read_yaml

Value = str | int | date | None
"""What a fact says; None says nothing, it only takes back the fact that it replaces."""


class UnusableFact(ValueError):
    """What is said of a person cannot be a fact: the sentence tells what to write instead."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Kind:
    """One kind of fact. An event *ends* what a person gets; of *several* values each stands alone.

    What is said *of_member* of a household names the member. What happens *once* was wrong where it is told again.
    """

    name: str
    title: str
    value: str
    words: Mapping[str, str]
    ends: bool = False
    several: bool = False
    of_member: bool = False
    once: bool = False
    least: int | None = None
    most: int | None = None

    @property
    def dated_by_value(self) -> bool:
        """Is the day itself what is said, as with a birth or a death?"""
        return self.value in {"day", "event"}

    @property
    def said(self) -> Sentence:
        """What people call it."""
        title = self.title
        return say(title)

    def read(self, text: str) -> Value:
        """The value that people write as *text*. Raises UnusableFact."""
        if self.value == "word":
            return self._word(text)
        try:
            if self.dated_by_value or self.value == "birthday":
                return read_date(text)
            if self.value == "amount":
                return read_fen(text)
        except (UnreadableDate, UnreadableFen) as unreadable:
            raise UnusableFact(unreadable.sentence) from unreadable
        return self._number(text) if self.value == "number" else text

    def written(self, value: Value) -> Sentence:
        """A value as people read it."""
        word = self.words.get(str(value), str(value))
        return say(word)

    def _word(self, text: str) -> str:
        for code, title in self.words.items():
            if text == title:
                return code
        raise UnusableFact(
            say(
                "“{text}”不是{kind}；可以写：{known}",
                text=text,
                kind=self.said,
                known="、".join(self.words.values()),
            )
        )

    def _number(self, text: str) -> int:
        digits = text.removesuffix("级")
        least, most = self.least or 0, self.most or 10**12
        if not digits.isascii() or not digits.isdigit() or not least <= int(digits) <= most:
            raise UnusableFact(
                say(
                    "“{text}”不是{kind}；请写 {least} 到 {most} 的整数",
                    text=text,
                    kind=self.said,
                    least=least,
                    most=most,
                )
            )
        return int(digits)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of fact by its name."""
    return {
        name: Kind(name, **({"words": {}} | entry))
        for name, entry in read_yaml("benefits/facts.yaml").items()
    }


def kind_called(title: str) -> Kind:
    """The kind that people call *title*. Raises UnusableFact."""
    for kind in kinds().values():
        if kind.title == title:
            return kind
    known = "、".join(kind.title for kind in kinds().values())
    raise UnusableFact(say("不认识事实“{title}”；可以写：{known}", title=title, known=known))
