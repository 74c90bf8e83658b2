"""Two languages: Chinese as written in the source, English from the catalogue."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from kaoji.core.speech import Sentence

LANGUAGES = ("zh", "en")

# How clauses and lists are kept apart, in Chinese and in English.
_MARKS = {
    "：": ": ",
    "，": ", ",
    "、": ", ",
    "；": "; ",
    "。": ". ",
    "（": " (",
    "）": ")",
}


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the locale asks for; Chinese unless it asks for English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environment.get(variable, "")
        if wanted:
            return "en" if wanted.startswith("en") else "zh"
    return "zh"


def speaker(language: str) -> Callable[[Sentence | str], str]:
    """A function that speaks sentences, and bare templates, in that language."""
    translate = _english() if language == "en" else _chinese

    def speak(sentence: Sentence | str) -> str:
        if isinstance(sentence, Sentence):
            return sentence.through(translate)
        return translate(sentence)

    return speak


def mark(sign: str, language: str) -> str:
    """A punctuation mark that stands between values, in that language.

    >>> mark("：", "en")
    ': '
    """
    return _MARKS[sign] if language == "en" else sign


def _chinese(template: str) -> str:
    return template


@cache
def _english() -> Callable[[str], str]:
    catalogue = resources.files("kaoji").joinpath("locale/en/LC_MESSAGES/django.mo")
    try:
        with catalogue.open("rb") as file:
            translations: gettext.NullTranslations = gettext.GNUTranslations(file)
    except FileNotFoundError:
        # A checkout in which nothing was compiled yet (./kaoji does it): Chinese is better than nothing.
        translations = gettext.NullTranslations()
    return lambda template: translations.gettext(template) if template else ""
