"""One variable chooses the database; nonsense is refused in a sentence."""

from __future__ import annotations

import pytest

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
