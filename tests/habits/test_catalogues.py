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
