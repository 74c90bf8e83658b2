"""The package of public data from the public home: kept until something public changes, made by one at a time."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from kaoji.platform.one_at_a_time import alone_at
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from support.people import NOON
from support.publishing import looked_at, published

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Download:
    """An answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __getitem__(self, name: str) -> str:
        with ZipFile(io.BytesIO(self.content)) as archive:
            return archive.read(name).decode()


def downloaded(**headers: str) -> Download:
    answer = Client().get("/public/kaoji-public.zip", headers=headers)
    content = b"".join(answer)
    return Download(answer.status_code, answer.headers, content)


@pytest.fixture(params=["kept", "not kept", "in the way"])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home folder where the download is kept, one that is not there, one where nothing can be written for it."""
    folder = tmp_path / "home"
    if request.param != "not kept":
        folder.mkdir()
    if request.param == "in the way":
        (folder / "public-data").mkdir()
        (folder / "public-data" / "making").mkdir()  # nobody can open it, whoever they are
    monkeypatch.setenv("KAOJI_HOME", str(folder))
    return folder


def is_kept(house: Path) -> bool:
    folder = house / "public-data"
    return folder.exists() and not (folder / "making").is_dir()


def test_everybody_downloads_from_the_public_home_what_the_command_writes(
    approved: Declaration,
    evaluation: SelfEvaluation,
    finance: User,
    house: Path,
    tmp_path: Path,
):
    published(approved, finance)
    looked_at(evaluation, finance)
    call_command("export_public", str(tmp_path / "a.zip"), stdout=io.StringIO())

    answer = downloaded()

    assert 'href="/public/kaoji-public.zip"' in Client().get("/public/").content.decode()
    assert answer.headers["Content-Type"] == "application/zip"
    named = 'attachment; filename="kaoji-public-2026-11-24.zip"'
    assert answer.headers["Content-Disposition"] == named
    assert answer.content == (tmp_path / "a.zip").read_bytes()
    assert downloaded(if_none_match=answer.headers["ETag"]).status == 304


def test_what_is_withdrawn_is_in_no_download_and_lies_about_nowhere(
    approved: Declaration, finance: User, house: Path
):
    published(approved, finance)
    before = downloaded()
    assert "甲" in before["declarations.csv"]

    move_declaration(
        approved, "withdraw", revision=1, reason="有误", acting_user=finance, now=NOON
    )
    after = downloaded(if_none_match=before.headers["ETag"])

    assert after.status == 200
    assert "甲" not in after["declarations.csv"]
    assert len(list(house.glob("public-data/*.zip"))) == is_kept(house)


def test_who_asks_while_the_file_is_made_is_told_to_come_back(
    approved: Declaration, finance: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("KAOJI_HOME", str(tmp_path))
    published(approved, finance)
    folder = tmp_path / "public-data"
    folder.mkdir()

    with alone_at(folder / "making"):
        answer = downloaded()

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert "请半分钟后再下载" in answer.content.decode()
    assert downloaded().status == 200


def test_nobody_downloads_without_end(approved: Declaration):
    answers = [downloaded().status for _ in range(31)]

    assert answers[:30] == [200] * 30
    assert answers[30] == 429
