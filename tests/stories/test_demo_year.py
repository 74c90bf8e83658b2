"""The demo's whole year, built as a person would build it, and verified as a stranger would verify it."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import yaml

from kaoji.samples import INVENTED_2023
from stories.walking import free_port, wait_for

OLD_AGE = "old_age_allowance"
FORGERY = Path(__file__).with_name("forgery.py")


def kaoji(home: Path, *words: str) -> str:
    return program(home, "-m", "kaoji", *words)


def environment(home: Path) -> dict[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")},
        "PYTHONPATH": os.pathsep.join(sys.path),
        "KAOJI_HOME": str(home),
    }


def program(home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=environment(home), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def public_paper_of(home: Path) -> bytes:
    """A form as PDF, from the site that the demo starts after it has set letters and reports itself."""
    port, log = free_port(), home.with_suffix(".txt")
    words = ["demo", "--home", str(home), "--whole-year", "--port", str(port)]
    with log.open("w") as out:
        site = subprocess.Popen(
            [sys.executable, "-m", "kaoji", *words],
            env=environment(home),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", site, log)
            address = f"http://127.0.0.1:{port}/public/1/download.pdf"
            with urllib.request.urlopen(address, timeout=30) as paper:
                return paper.read()
        finally:
            site.terminate()
            site.wait(30)


def test_every_score_and_value_of_the_demo_year_is_recomputed_with_difference_nought(
    tmp_path: Path,
):
    home, out = tmp_path / "demo", tmp_path / "audit.zip"

    assert public_paper_of(home).startswith(b"%PDF")
    kaoji(home, "manage", "export_audit", str(out))
    told = kaoji(home, "audit", "verify", str(out), "--lang", "zh")

    assert "重算 21 个得分" in told
    assert "差异 0 处" in told

    proof = tmp_path / "proof.zip"
    office = "上海市松江区民政局"
    kaoji(home, "manage", "export_ledger", str(proof), office, OLD_AGE, "--from", "2023-07")
    recounted = kaoji(home, "ledger", "verify", str(proof), "--lang", "zh")

    assert "老年综合津贴 2023-07：重算 2190 笔" in recounted  # a quarter of 730 people
    assert recounted.count("差异 0 处") == 3

    # Whoever changes one value of all these past the actions is found out.
    first, *unnoticed = program(home, str(FORGERY)).splitlines()
    tables, columns = (int(word) for word in first.split() if word.isdigit())
    assert (tables, columns >= 267) == (39, True)  # what is derived is tried in test_derived
    assert unnoticed == []


def test_every_indicator_of_the_sample_has_a_named_way_of_measuring():
    entries = yaml.safe_load(INVENTED_2023.read_text("utf-8"))
    titles = [item["title"] for entry in entries for item in entry["indicators"]]

    assert (len(entries), len(titles)) == (17, 177)
    assert all(titles)
