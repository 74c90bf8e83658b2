"""The command line: contracts, exit codes, sentences, and no Django on the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import SAMPLE, kaoji
from kaoji.samples import SONGJIANG_2023


def test_check_finds_errors_and_says_so_by_its_exit_code():
    done = kaoji("check", SAMPLE, "--format", "json")

    data = json.loads(done.stdout)
    assert done.returncode == 1
    assert len(data["forms"]) == 17
    assert data["summary"] == {"error": 9, "warning": 383, "hint": 65, "undecided": 14}
    assert done.stderr == b""


def test_check_of_a_sound_form_exits_with_zero():
    form = "项目: 甲\n年度: 2023\n主管部门: 乙\n实施单位: 丙\n类别: 经常性项目\n总目标: 通行 3 年。\n年度目标: 修路 3 公里。\n"
    rows = (
        "产出指标 / 数量指标 / 里程: ≥ 3 公里\n产出指标 / 质量指标 / 合格率: ≥ 95 %\n"
        "产出指标 / 时效指标 / 完工: 2023年10月底前\n产出指标 / 成本指标 / 每公里成本: ≤ 3 万元\n"
        "效益指标 / 社会效益指标 / 事故下降比例: ≥ 10 %\n满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %\n"
    )

    done = kaoji("check", "-", stdin=(form + rows).encode())

    assert done.returncode == 0, done.stdout.decode()


def test_check_never_loads_django_and_stays_small():
    probe = (
        "import sys\nfrom kaoji.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in {'django', 'markdown_it', 'asyncio'}), file=sys.stderr)\n"
        "status = open('/proc/self/status').read()\n"
        "print(status.split('VmHWM:')[1].split()[0], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, "check", SAMPLE],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    modules, kilobytes = done.stderr.decode().splitlines()[-2:]
    assert modules == "[]"
    assert int(kilobytes) < 120 * 1024


def test_read_writes_json_that_reads_back_the_same(tmp_path: Path):
    out = tmp_path / "reading.json"

    assert kaoji("read", SAMPLE, "--format", "json", "-o", str(out)).returncode == 0
    again = kaoji("read", str(out), "--format", "json")

    first = json.loads(out.read_text("utf-8"))
    assert json.loads(again.stdout)["forms"] == first["forms"]


def test_notation_carries_the_doubts_as_comments_and_reads_back():
    written = kaoji("read", SAMPLE, "--format", "notation").stdout

    assert "# 待核对 第 6 项“每月及时完成”的二级指标：" in written.decode()
    counted = kaoji("read", "-", stdin=written).stdout.decode()
    assert "17 份表，177 项指标，0 处存疑" in counted


@pytest.mark.parametrize("target", ["html", "json", "notation"])
def test_render_gives_the_same_bytes_each_time(target: str):
    first, second = (kaoji("render", SAMPLE, "--to", target) for _ in range(2))

    assert first.returncode == 0
    assert first.stdout == second.stdout != b""


def test_a_demo_never_replaces_a_real_database(tmp_path: Path):
    (tmp_path / "kaoji.sqlite3").write_bytes(b"a real one")

    done = kaoji(
        "demo", "--home", str(tmp_path), "--no-serve", KAOJI_HOME="", KAOJI_SECRET_KEY=""
    )

    assert done.returncode == 2
    assert "不会覆盖" in done.stderr.decode()
    assert (tmp_path / "kaoji.sqlite3").read_bytes() == b"a real one"


def test_output_in_a_file_carries_no_colours(tmp_path: Path):
    out = tmp_path / "out.txt"

    kaoji("check", SAMPLE, "-o", str(out))

    assert "\x1b" not in out.read_text("utf-8")


def test_several_files_give_a_list_even_when_one_fails(tmp_path: Path):
    done = kaoji("read", SAMPLE, str(tmp_path / "none.txt"), "--format", "json")

    assert isinstance(json.loads(done.stdout), list)


def test_several_files_are_read_and_a_bad_one_does_not_stop_them(tmp_path: Path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xd8\xff\xe0 a picture")

    done = kaoji("check", str(bad), SAMPLE)

    assert done.returncode == 2
    assert "17 份表" in done.stdout.decode()
    assert "图片不完整" in done.stderr.decode()


BAD_INPUT = {
    "empty": (b"", "文件是空的"),
    "picture called .txt": (b"\xff\xd8\xff\xe0" + b"\x00" * 64, "图片不完整"),
    "no form": ("天气很好。\n".encode(), "没有找到"),
    "noise": (bytes(range(256)) * 40, "文件不是文本"),
}


@pytest.mark.parametrize("command", ["read", "check"])
@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_gives_one_sentence_and_exit_code_two(
    tmp_path: Path, command: str, name: str
):
    content, sentence = BAD_INPUT[name]
    file = tmp_path / "input.txt"
    file.write_bytes(content)

    done = kaoji(command, str(file))

    lines = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert len(lines) == 1
    assert sentence in lines[0]
    assert "Traceback" not in done.stderr.decode()


def test_a_folder_a_missing_file_and_a_locked_file_are_named(tmp_path: Path):
    locked = tmp_path / "locked.txt"
    locked.write_text("x", "utf-8")
    locked.chmod(0)

    assert "文件夹" in kaoji("check", str(tmp_path)).stderr.decode()
    assert "没有这个文件" in kaoji("check", str(tmp_path / "none.txt")).stderr.decode()
    if os.geteuid():
        assert "没有读写权限" in kaoji("check", str(locked)).stderr.decode()


def test_a_hundred_megabytes_are_refused_without_being_read(tmp_path: Path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(100_000_000)

    done = kaoji("check", str(large))

    assert done.returncode == 2
    assert "文件太大（100 MB，上限 32 MB）" in done.stderr.decode()


def test_thirty_megabytes_of_readable_noise_are_answered(tmp_path: Path):
    noise = tmp_path / "noise.txt"
    noise.write_text(("无关的文字\t" * 12 + "\n") * 30_000, "utf-8")

    done = kaoji("check", str(noise))

    assert done.returncode == 2
    assert "没有找到" in done.stderr.decode()


def test_output_appears_whole_or_not_at_all(tmp_path: Path):
    target = tmp_path / "missing" / "out.json"

    done = kaoji("read", SAMPLE, "--format", "json", "-o", str(target))

    assert done.returncode == 2
    assert "无法写入" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_half_a_form_is_read_with_its_doubts(tmp_path: Path):
    half = SONGJIANG_2023.read_text("utf-8")[:700]
    file = tmp_path / "half.txt"
    file.write_text(half, "utf-8")

    done = kaoji("read", str(file))

    assert done.returncode == 0
    assert "待核对 绩效指标：" in done.stdout.decode()


def test_the_locale_or_a_switch_decides_the_language():
    assert "forms" in kaoji("check", SAMPLE, LANG="en_US.UTF-8").stdout.decode().lower()
    assert "份表" in kaoji("check", SAMPLE, LANG="zh_CN.UTF-8").stdout.decode()
    assert "份表" in kaoji("check", SAMPLE, LANG="C").stdout.decode()
    english = kaoji("--lang", "en", "check", SAMPLE).stdout.decode()
    assert "cannot be measured" in english
    assert "无法衡量" not in english
    assert "Warning KJ305 No benefit indicator has a number (1 in all)" in english
    assert not re.search(
        "[：（）]", re.sub("“[^”]*”|残疾人福利|^.*KJ405.*$", "", english, flags=re.MULTILINE)
    )


def test_help_names_every_command_and_an_unknown_one_is_refused():
    page = kaoji("--help").stdout.decode()

    for command in ("read", "check", "render", "demo", "serve", "manage"):
        assert command in page
        assert kaoji(command, "--help").returncode == 0
    assert kaoji("conjure").returncode == 2


def test_explain_tells_the_heading_and_how_sure_each_cell_is(tmp_path: Path):
    text = "项目支出绩效自评表\n项目名称 道路\n一级指标 二级指标 三级指标 指标值 完成值\n产出指标 数量指标 养护里程 ≥5公里 6公里\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")

    done = kaoji("read", tmp_path / "a.txt", "--explain")

    assert done.returncode == 0
    heading, row = done.stdout.decode().splitlines()
    assert heading.startswith("表头：一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值")
    assert row.startswith("第 4 行：一级指标“产出指标” ")
    assert "三级指标“养护里程”" in row


def test_explain_reads_office_files_like_every_other_command(tmp_path: Path):
    kaoji("render", SAMPLE, "--to", "docx", "-o", tmp_path / "a.docx")

    done = kaoji("read", tmp_path / "a.docx", "--explain")

    assert done.returncode == 0
    assert "三级指标“下拨康复辅具租赁点建设补贴”" in done.stdout.decode()


def test_explain_says_that_there_is_no_table_and_takes_one_file_only(tmp_path: Path):
    (tmp_path / "a.txt").write_text("今天天气很好。\n", "utf-8")

    assert kaoji("read", tmp_path / "a.txt", "--explain").returncode == 2
    assert kaoji("read", tmp_path, "--explain").returncode == 2


def test_a_form_is_told_every_error_and_ten_remarks_one_a_row():
    rows = "".join(
        f"产出指标 / 质量指标 / 加强第{n}段路面管理，提高质量: 较高\n" for n in range(1, 15)
    )
    form = f"项目: 农村道路养护\n年度: 2023\n{rows}".encode()

    first = kaoji("check", "-", stdin=form).stdout.decode()
    everything = kaoji("check", "-", "--all", stdin=form).stdout.decode()

    assert first.count("错误 KJ") == everything.count("错误 KJ")
    assert sum(first.count(f"第{n}段路面") > 0 for n in range(1, 15)) <= 10
    assert "--all 全部列出" in first
    assert all(f"加强第{n}段路面" in everything for n in range(1, 15))
