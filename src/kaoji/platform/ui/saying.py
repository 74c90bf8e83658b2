"""What the site says to people, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from kaoji.core.speech import Sentence
from kaoji.standards import languages


def is_english() -> bool:
    """Whether the current request is answered in English; else it is in Chinese."""
    return get_language() == "en"


def spoken(sentence: Sentence | str) -> str:
    """A sentence in the language of the current request."""
    return languages.speaker("en" if is_english() else "zh")(sentence)


def mark(sign: str) -> str:
    """A punctuation mark in the language of the current request: “：” is “: ” in English."""
    return languages.mark(sign, "en" if is_english() else "zh")


def joined(names: Iterable[object], sign: str = "、") -> str:
    """Several names in one line, with the mark between them that the language has."""
    return mark(sign).join(map(str, names))


def tell(request: HttpRequest, sentence: Sentence) -> None:
    """Show a sentence of refusal on the next page."""
    messages.error(request, spoken(sentence))


def confirm(request: HttpRequest, sentence: Sentence) -> None:
    """Show a sentence of success on the next page."""
    messages.success(request, spoken(sentence))
