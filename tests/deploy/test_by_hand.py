"""`kaoji` as whoever keeps the machine calls it: with the settings of the site, whatever signs they hold."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "kaoji.sh"
SETTINGS = """\
# KAOJI_HOSTS=not.this.one
KAOJI_HOSTS=kaoji.example.gov.cn

KAOJI_CONTACT=绩效管理科 · 电话 021-00000000
KAOJI_DATABASE_URL=postgresql://kaoji_site:a$b`c;d'e"f@db/kaoji?sslmode=verify-full&connect_timeout=5
KAOJI_MAIL_FROM="kaoji@example.gov.cn"
KAOJI_METRICS_TOKEN=a=b #c"""


@pytest.fixture
def by_hand(tmp_path: Path):
    """The script with the places of a test, and a `runuser` that changes nobody."""
    (tmp_path / "home").mkdir()
    for name, text in {
        "runuser": '#!/bin/sh\n[ "$1 $2 $3" = "-u kaoji --" ] || exit 9\nshift 3\nexec "$@"\n',
        "program": '#!/bin/sh\npwd\nprintf "%s\\n" "$@"\nenv | grep "^KAOJI_" | sort\n',
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(0o755)
    text = SCRIPT.read_text("utf-8")
    places = {
        "/etc/kaoji/kaoji.env": tmp_path / "kaoji.env",
        "home=/var/lib/kaoji": f"home={tmp_path / 'home'}",
        "program=/srv/kaoji/venv/bin/kaoji": f"program={tmp_path / 'program'}",
    }
    for shipped, here in places.items():
        assert shipped in text
        text = text.replace(shipped, str(here))
    (tmp_path / "kaoji").write_text(text, "utf-8")

    def call(*words: str, **said: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")}
        path = f"{tmp_path}:{clean['PATH']}"
        return subprocess.run(
            ["/bin/sh", str(tmp_path / "kaoji"), *words],
            capture_output=True, text=True, env={**clean, "PATH": path, **said},
        )  # fmt: skip

    return call


def settings_told(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    lines = [line for line in done.stdout.splitlines() if line.startswith("KAOJI_")]
    return dict(line.split("=", 1) for line in lines)


def test_every_setting_arrives_as_it_is_written(by_hand, tmp_path: Path):
    (tmp_path / "kaoji.env").write_text(SETTINGS, "utf-8")

    done = by_hand("manage", "createsuperuser", "--email", "a b@example.org")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:5] == [
        str(tmp_path / "home"), "manage", "createsuperuser", "--email", "a b@example.org",
    ]  # fmt: skip
    assert settings_told(done) == {
        "KAOJI_HOSTS": "kaoji.example.gov.cn",
        "KAOJI_CONTACT": "绩效管理科 · 电话 021-00000000",
        "KAOJI_DATABASE_URL": "postgresql://kaoji_site:a$b`c;d'e\"f@db/kaoji?sslmode=verify-full&connect_timeout=5",
        "KAOJI_MAIL_FROM": "kaoji@example.gov.cn",
        "KAOJI_METRICS_TOKEN": "a=b #c",
    }  # fmt: skip


def test_what_is_said_by_hand_counts_more_even_where_it_is_nothing(by_hand, tmp_path: Path):
    (tmp_path / "kaoji.env").write_text(SETTINGS, "utf-8")

    done = by_hand("doctor", KAOJI_DATABASE_URL="", KAOJI_HOSTS="drill")

    told = settings_told(done)
    assert (told["KAOJI_DATABASE_URL"], told["KAOJI_HOSTS"]) == ("", "drill")


def test_settings_that_cannot_be_read_are_told(by_hand):
    done = by_hand("doctor")

    assert done.returncode == 2
    assert "kaoji.env" in done.stderr
    assert done.stdout == ""
