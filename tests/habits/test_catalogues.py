"""The English catalogue is compiled from its text wherever kaoji goes: in a wheel, in a source archive."""

from __future__ import annotations

import gettext
import io
import runpy
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "src/kaoji/locale/en/LC_MESSAGES/django.po"
MADE = "kaoji/locale/en/LC_MESSAGES/django.mo"
PROGRAM = runpy.run_path(str(ROOT / "scripts" / "catalogues.py"))


def built(kind: str, source: Path, target: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    [made] = [path for path in target.iterdir() if path.suffix in {".whl", ".gz"}]
    return made


def test_every_sentence_is_compiled_as_another_program_reads_it():
    with PO.open("rb") as file:
        known = {entry.id: entry.string for entry in read_po(file, locale="en") if entry.id}

    made = gettext.GNUTranslations(io.BytesIO(PROGRAM["compiled"](PO.read_text("utf-8"))))

    assert len(known) > 2_000
    for sentence, english in known.items():
        assert made.gettext(sentence) == english


def test_strings_over_several_lines_and_escapes_are_read():
    text = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "“甲”\\n乙"\nmsgstr ""\n"“a”\\n"\n"\\"b\\""\n\nmsgid "丙"\nmsgstr ""\n'

    made = gettext.GNUTranslations(io.BytesIO(PROGRAM["compiled"](text)))

    assert made.gettext("“甲”\n乙") == '“a”\n"b"'
    assert made.gettext("丙") == "丙"  # not translated yet


def test_what_is_older_than_its_text_is_compiled_again_and_else_left(tmp_path: Path):
    text = tmp_path / "django.po"
    text.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "甲"\nmsgstr "a"\n',
        "utf-8",
    )

    PROGRAM["compile_below"](tmp_path)
    first = text.with_suffix(".mo").stat().st_mtime_ns
    PROGRAM["compile_below"](tmp_path)

    assert text.with_suffix(".mo").stat().st_mtime_ns == first
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["django.mo", "django.po"]


def test_a_source_archive_and_the_wheel_built_from_it_carry_it(tmp_path: Path):
    archive = built("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    [source] = [path for path in tmp_path.iterdir() if path.name.startswith("kaoji-")]
    (source / "src" / MADE).unlink(missing_ok=True)

    wheel = built("wheel", source, tmp_path / "wheel")

    with zipfile.ZipFile(wheel) as packed:
        assert packed.read(MADE)[:4] == b"\xde\x12\x04\x95"


@pytest.fixture(scope="module")
def collecting() -> dict[str, Any]:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        return runpy.run_path(str(ROOT / "scripts" / "english.py"))
    finally:
        sys.path.remove(str(ROOT / "scripts"))


@pytest.mark.parametrize(
    ("sentence", "english", "fault"),
    [
        ("还有 {count} 份自评要报送", "", "no English yet"),
        ("还有 {count} 份自评要报送", "Self-evaluation", "the names to be filled in differ"),
        ("第 %(number)s 版", "Revision {number}", "the names to be filled in differ"),
        ("{file}：没有找到申报表", "{file}：no declaration", "Chinese punctuation ："),
        ("待办", "to do", "begins with a small letter"),
    ],
)
def test_english_that_cannot_be_right_is_told(
    collecting: dict[str, Any], sentence: str, english: str, fault: str
):
    assert fault in list(collecting["faults_of"](sentence, english))


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        ("还有 {count} 份自评要报送", "Self-evaluations to be filed: {count}"),
        ("一段文字被分成 {count} 段（“1、”“2、”……）", "Parts (“1、”, “2、” …): {count}"),
        ("{kind}须大于零", "{kind} must be above zero"),
        ("考绩 {version}", "kaoji {version}"),
        ("万元预算", "yuan budget"),
    ],
)
def test_sound_english_is_left_alone(collecting: dict[str, Any], sentence: str, english: str):
    assert not list(collecting["faults_of"](sentence, english))


def test_a_story_goes_on_behind_the_name_of_who_did_it(collecting: dict[str, Any]):
    """“Li Wei submitted revision 2”: in the log a name stands before it."""
    faults = collecting["faults_of"]

    assert not list(
        faults("提交了第 {revision} 版", "submitted revision {revision}", is_story=True)
    )
    assert list(
        faults("提交了第 {revision} 版", "Submitted revision {revision}", is_story=True)
    )
    assert "提交了第 {revision} 版" in collecting["stories"]()


def test_the_whole_catalogue_is_sound(collecting: dict[str, Any]):
    with PO.open("rb") as file:
        known = {entry.id: entry.string for entry in read_po(file, locale="en") if entry.id}
    told = collecting["stories"]()

    assert not [
        (sentence, fault)
        for sentence, english in known.items()
        for fault in collecting["faults_of"](sentence, english, is_story=sentence in told)
    ]
