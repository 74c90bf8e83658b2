"""What the site says to people, in the language of the request."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from kaoji.core.speech import Sentence
from kaoji.standards.languages import speaker


def spoken(sentence: Sentence | str) -> str:
    """A sentence in the language of the current request."""
    return speaker("en" if get_language() == "en" else "zh")(sentence)


def tell(request: HttpRequest, sentence: Sentence) -> None:
    """Show a sentence of refusal on the next page."""
    messages.error(request, spoken(sentence))


def confirm(request: HttpRequest, sentence: Sentence) -> None:
    """Show a sentence of success on the next page."""
    messages.success(request, spoken(sentence))
