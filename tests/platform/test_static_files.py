"""Static files: collected under names by content, or plain where nobody collected them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from kaoji.platform.below_prefix import below
from kaoji.platform.static_files import StaticFiles, collect_static_files


@pytest.mark.django_db  # closing an answer asks after old connections
def test_what_was_not_collected_keeps_its_name(settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path / "none"

    assert StaticFiles().url("kaoji/site.css") == "/static/kaoji/site.css"
    answer = Client().get("/static/kaoji/site.css")
    assert b"".join(answer.streaming_content).startswith(b"/*")
    answer.close()


def test_collecting_gives_names_by_content_and_is_done_once(settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path / "static" / "1"

    collect_static_files()

    [hashed] = settings.STATIC_ROOT.glob("kaoji/site.????????????.css")
    # The storage that templates use was made before; this one reads what was written.
    assert (
        StaticFiles(location=settings.STATIC_ROOT).url("kaoji/site.css")
        == f"/static/kaoji/{hashed.name}"
    )
    assert hashed.with_name(f"{hashed.name}.gz").is_file()
    written = (
        hashed.stat().st_mtime_ns,
        (settings.STATIC_ROOT / "collected-from").stat().st_mtime_ns,
    )
    collect_static_files()
    assert written == (
        hashed.stat().st_mtime_ns,
        (settings.STATIC_ROOT / "collected-from").stat().st_mtime_ns,
    )


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("/jixiao/rules/", "/rules/"),
        ("/jixiao", "/"),
        ("/jixiao/", "/"),
        ("/rules/", "/rules/"),  # the proxy took it off
        ("/jixiaofei/", "/jixiaofei/"),
    ],
)
def test_the_prefix_is_taken_off_once(asked: str, heard: str):
    paths: list[str] = []

    def site(environ, start_response):
        paths.append(environ["PATH_INFO"])
        return []

    below("/jixiao", site)({"PATH_INFO": asked}, lambda *_: None)

    assert paths == [heard]


def test_without_a_prefix_nothing_stands_between():
    def site(environ, start_response):
        return []

    assert below("", site) is site
