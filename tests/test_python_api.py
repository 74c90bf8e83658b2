"""kaoji as a library: what the five functions give, what they refuse, and what an import costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kaoji
from kaoji.documents import frames
from kaoji.documents.frames import FramesNotInstalled
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.samples import SONGJIANG_2023

FORM = """\
项目: 农村道路养护
年度: 2023
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 验收合格率: 较高
"""
EVALUATION = Path(__file__).parent / "documents/files"


def test_a_file_its_bytes_and_the_notation_are_read():
    from_path = kaoji.read(SONGJIANG_2023)
    from_bytes = kaoji.read(SONGJIANG_2023.read_bytes(), name="a.txt")

    assert len(from_path.forms) == 17
    assert from_path.source.name == SONGJIANG_2023.name
    assert from_bytes.forms == from_path.forms
    assert from_bytes.source.name == "a.txt"
    assert kaoji.read(FORM.encode()).forms[0].form.project_name == "农村道路养护"


def test_a_reading_is_the_contract_in_either_language():
    told = kaoji.read(SONGJIANG_2023).to_dict()

    assert told["kaoji"] == "reading/1"
    assert told["forms"][0]["project_name"] == "残疾人福利"
    assert told["forms"][0]["funds"]["annual_total"] == "150000.00"
    english = kaoji.read(SONGJIANG_2023).to_dict("en")["forms"][0]
    assert any(mended["what"].isascii() for mended in english["repairs"])


def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path):
    with pytest.raises(UnreadableDocument):
        kaoji.read(b"\x7fELF" + bytes(100))
    with pytest.raises(FileNotFoundError):
        kaoji.read(tmp_path / "none.docx")


def test_of_many_files_a_bad_one_stops_nothing(tmp_path: Path):
    (tmp_path / "bad.bin").write_bytes(b"\x7fELF" + bytes(100))

    bad, missing, good = kaoji.read_many(
        [tmp_path / "bad.bin", tmp_path / "no.txt", SONGJIANG_2023]
    )

    assert bad.reading is None
    assert bad.refusal
    assert missing.refusal == "No such file or directory"
    assert good.reading is not None
    assert len(good.reading.forms) == 17


def test_a_check_says_what_the_command_line_says():
    checked = kaoji.check(FORM.encode())

    told = checked.to_dict()
    assert told["kaoji"] == "check/1"
    vague = [item for item in told["forms"][0]["findings"] if item["rule"] == "KJ303"]
    assert [item["field"] for item in vague] == ["indicators[1].target_raw"]
    assert "较高" in vague[0]["message"]
    assert checked.errors == told["summary"]["error"]


def test_forms_become_documents():
    reading = kaoji.read(FORM.encode())

    assert kaoji.render(reading, "docx")[:2] == b"PK"
    assert "农村道路养护" in kaoji.render(reading, "html").decode()
    assert kaoji.read(kaoji.render(reading, "notation")).forms[0].form == reading.forms[0].form
    with pytest.raises(ValueError, match="odt"):
        kaoji.render(reading, "odt")


SELF_EVALUATION = """\
项目: 甲
年度: 2022
全年预算: 100 元
全年执行: 90 元
执行分值: 10
产出指标 / 数量指标 / 场次 (90分): ≥2场 → 1场 (60分)
"""


def test_a_self_evaluation_is_scored_step_by_step():
    scored = kaoji.score(SELF_EVALUATION.encode())

    [form] = scored.to_dict()["forms"]
    assert scored.to_dict()["kaoji"] == "score/1"
    assert form["indicators"][0]["earned"] == "45.00"  # 1 / 2 × 90
    assert form["total"] == "54.00"  # and 9 for spending 90 of 100
    assert kaoji.score(FORM.encode()).forms == ()


class _Frame:
    """Stands for a DataFrame: the library itself is no dependency of ours."""

    def __init__(self, rows: list[dict[str, object]]) -> None:
        self.rows = rows


@pytest.fixture
def only_polars(monkeypatch):
    class Polars:
        DataFrame = _Frame

    monkeypatch.setattr(
        frames, "find_spec", lambda name: object() if name == "polars" else None
    )
    monkeypatch.setattr(frames, "import_module", lambda name: {"polars": Polars}[name])


def test_rows_go_to_the_library_that_there_is(only_polars):
    rows = kaoji.read(FORM.encode()).to_frame().rows

    assert [row["level3"] for row in rows] == ["养护里程", "验收合格率"]
    assert (rows[0]["form"], rows[0]["op"], rows[0]["value"], rows[0]["unit"]) == (
        1,
        ">=",
        "35",
        "公里",
    )
    found = kaoji.check(FORM.encode()).to_frame().rows
    assert {row["rule"] for row in found} >= {"KJ303"}
    assert [row["earned"] for row in kaoji.score(SELF_EVALUATION.encode()).to_frame().rows] == [
        "45.00"
    ]


def test_without_a_library_a_sentence_says_what_to_install(only_polars):
    reading = kaoji.read(FORM.encode())

    with pytest.raises(FramesNotInstalled, match="pip install pandas"):
        reading.to_frame("pandas")
    with pytest.raises(ValueError, match="pandas or polars"):
        reading.to_frame("excel")


def test_to_import_kaoji_loads_nothing_that_reads_or_checks():
    script = "import sys, kaoji; print(sorted(n for n in sys.modules if n.startswith(('kaoji', 'yaml', 'django'))))"

    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          env={"PYTHONPATH": ":".join(sys.path)}, check=True)  # fmt: skip

    assert told.stdout.strip() == "['kaoji', 'kaoji.public']"
