"""How much is held in memory while rows are moved, and what PostgreSQL could not hold."""

from __future__ import annotations

import os

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from kaoji.platform.files.models import Document
from kaoji.platform.imports.models import Upload
from kaoji.platform.moving import MOST_BYTES, MOST_ROWS, rows_at_once
from kaoji.platform.notices.models import Notice
from kaoji.platform.unmovable_signs import UnmovableSign, unmovable_signs

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        bool(os.environ.get("KAOJI_DATABASE_URL")), reason="rows are moved out of SQLite"
    ),
]


@pytest.fixture
def clerk_of_files(django_user_model: type[User]) -> User:
    return django_user_model.objects.create_user("tian")


def file(user: User, megabytes: int, name: str = "附件.pdf") -> Document:
    return Document.objects.create(
        name=name, sha256="0" * 64, media_type="application/pdf",
        content=b"x" * (megabytes * 1_000_000), received_at=timezone.now(), received_from=user,
    )  # fmt: skip


@pytest.mark.parametrize(("megabytes", "rows"), [(0, 500), (2, 8), (5, 3), (32, 1)])
def test_files_are_moved_by_their_bytes_and_not_by_their_number(
    clerk_of_files: User, megabytes: int, rows: int
):
    file(clerk_of_files, megabytes)

    assert (MOST_ROWS, MOST_BYTES) == (500, 16_000_000)
    assert rows_at_once(Document, "default") == rows


def test_short_rows_go_five_hundred_at_once(clerk_of_files: User):
    assert rows_at_once(User, "default") == 500
    assert rows_at_once(Document, "default") == 500  # an empty table


def test_signs_that_postgresql_does_not_hold_are_found_by_row_and_column(clerk_of_files: User):
    Notice.objects.create(
        person=clerk_of_files, sentence={"say": "好 😀 \\ud83d"}, made_at=timezone.now()
    )
    half = Notice.objects.create(
        person=clerk_of_files, sentence={"say": ["乙\ude00"]}, made_at=timezone.now()
    )
    named = file(clerk_of_files, 0, name="甲\x00.pdf")

    found = list(unmovable_signs([Notice, Document, Upload], "default"))

    assert found == [
        UnmovableSign("notices_notice", half.pk, "sentence", "U+DE00"),
        UnmovableSign("files_document", named.pk, "name", "U+0000"),
    ]
