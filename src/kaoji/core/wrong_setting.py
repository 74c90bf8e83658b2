"""A setting that cannot be used: which, and what to write."""

from __future__ import annotations

from kaoji.core.speech import Sentence


class WrongSetting(ValueError):
    """The value of an environment variable cannot be used."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))
