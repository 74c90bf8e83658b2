"""What a kind of sheet brings to the tray: how it is shown, how it is taken, and where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kaoji.core.speech import Sentence
from kaoji.documents.rows_json import Rows
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.imports.models import Upload
from kaoji.platform.refusals import UnableToAct


@dataclass(frozen=True)
class Shown:
    """What a sheet would do: a sentence of it, what stands against it, what the page needs besides."""

    told: Sentence | None = None
    refusals: tuple[Sentence, ...] = ()
    left_out: tuple[Sentence, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """*show* says what the sheet would do, *take* does it and answers; *back* is the page it came from."""

    show: Callable[[HttpRequest, Upload, Rows], Shown]
    take: Callable[[HttpRequest, Upload, Rows, User, datetime], HttpResponse]
    back: Callable[[Upload], str]
    page: str = "imports/pages/sheet.html"


def tried(act: Callable[[], object]) -> tuple[object | None, tuple[Sentence, ...]]:
    """Do something and take it back: what it gives, or what stands against it."""
    refusals: tuple[Sentence, ...] = ()
    answer: object | None = None
    with transaction.atomic():
        try:
            with transaction.atomic():
                answer = act()
        except UnableToImport as refusal:
            refusals = refusal.refusals
        except UnableToAct as refusal:
            refusals = (refusal.sentence,)
        transaction.set_rollback(True)
    return answer, refusals
