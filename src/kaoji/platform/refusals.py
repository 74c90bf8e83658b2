"""What an action says when it is refused."""

from __future__ import annotations

from kaoji.core.speech import Sentence


class UnableToAct(Exception):
    """The action is refused; the sentence says why and what would help."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class NotPermitted(UnableToAct):
    """The person lacks the right."""
