"""One variable chooses the database; nonsense is refused in a sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cli.running import kaoji
from kaoji.platform.databases import UnknownDatabase, database


def test_without_an_address_it_is_sqlite_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("KAOJI_HOME", str(tmp_path))

    assert database(None)["NAME"] == tmp_path / "kaoji.sqlite3"


def test_an_address_names_host_user_and_database():
    chosen = database("postgresql://kao%40ji:se%2Fcret@db:5433/kaoji")

    assert (chosen["USER"], chosen["PASSWORD"], chosen["PORT"]) == ("kao@ji", "se/cret", "5433")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host/", "kaoji.db"])
def test_another_database_is_refused(url: str):
    with pytest.raises(UnknownDatabase, match="postgresql://"):
        database(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kaoji:geheim/1@db/kaoji",
        "postgresql://kaoji:geheim#1@db/kaoji",
        "postgresql://kaoji:geheim?1@db/kaoji",
        "postgresql://kaoji:12/geheim@db/kaoji",
        "postgresql://kaoji:12#geheim@db/kaoji",
        "postgresql://kaoji:geheim%@db/kaoji",
        "postgresql://kaoji:geh[eim@db/kaoji",
        "postgresql://kaoji:geheim@db:port/kaoji",
        "postgresql://kaoji:geheim@db",
        "://kaoji:a@geheim@db/kaoji",
        "kaoji:a@geheim@db/kaoji",
    ],
)
def test_what_is_refused_tells_nothing_of_the_password(url: str):
    with pytest.raises(UnknownDatabase) as refused:
        database(url)

    told = str(refused.value)
    assert "geh" not in told
    assert "postgresql://用户:口令@主机/库名" in told


@pytest.mark.parametrize("asked", [("doctor",), ("manage", "migrate"), ("move", "--to", "URL")])
def test_without_the_driver_every_command_says_what_to_install(tmp_path: Path, asked):
    nowhere = tmp_path / "psycopg.py"
    nowhere.write_text("raise ModuleNotFoundError(\"No module named 'psycopg'\")")
    address = "postgresql://kaoji:geheim@127.0.0.1:9/kaoji"

    done = kaoji(
        *(address if word == "URL" else word for word in asked),
        KAOJI_HOME=str(tmp_path / "home"),
        KAOJI_DATABASE_URL="" if "URL" in asked else address,
        PYTHONPATH=os.pathsep.join([str(tmp_path), *sys.path]),
    )

    told = done.stderr.decode()
    assert done.returncode == 2, told
    assert "pip install 'kaoji[postgres]'" in told
    assert "Traceback" not in told
    assert "geheim" not in told
