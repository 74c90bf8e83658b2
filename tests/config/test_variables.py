"""A setting is understood, or refused in a sentence that names it; a typo switches nothing off."""

from __future__ import annotations

import re

import pytest

from kaoji.config.variables import among, licence, path_prefix, switch
from kaoji.core.wrong_setting import WrongSetting
from kaoji.documents.data_package.descriptor import Licence


@pytest.mark.parametrize(
    ("text", "on"),
    [("1", True), ("yes", True), ("TRUE", True), (" on ", True), ("0", False), ("no", False), ("", False)],
)  # fmt: skip
def test_a_switch_is_on_or_off(monkeypatch, text: str, on: bool):
    monkeypatch.setenv("KAOJI_HTTPS", text)

    assert switch("KAOJI_HTTPS") is on


def test_a_switch_that_says_neither_is_refused(monkeypatch):
    monkeypatch.setenv("KAOJI_HTTPS", "maybe")

    with pytest.raises(WrongSetting, match="KAOJI_HTTPS：“maybe”应为 1 或 0"):
        switch("KAOJI_HTTPS")


def test_a_switch_that_is_not_set_stays_as_it_is(monkeypatch):
    monkeypatch.delenv("KAOJI_KEEPS_SUMS", raising=False)

    assert switch("KAOJI_KEEPS_SUMS", otherwise=True)


def test_a_word_that_nobody_knows_is_refused(monkeypatch):
    monkeypatch.setenv("KAOJI_SECOND_FACTOR_ROLES", "auditor, nosuch")

    with pytest.raises(WrongSetting, match="“nosuch”应为 filer、auditor 之一"):
        among("KAOJI_SECOND_FACTOR_ROLES", ["filer", "auditor"])
    monkeypatch.setenv("KAOJI_SECOND_FACTOR_ROLES", "auditor")
    assert among("KAOJI_SECOND_FACTOR_ROLES", ["filer", "auditor"]) == {"auditor"}


@pytest.mark.parametrize(
    ("text", "prefix"), [("", ""), ("/", ""), ("/jixiao", "/jixiao"), ("/a/b-2/", "/a/b-2")]
)
def test_a_prefix_begins_with_a_slash_and_ends_without(monkeypatch, text: str, prefix: str):
    monkeypatch.setenv("KAOJI_PREFIX", text)

    assert path_prefix("KAOJI_PREFIX") == prefix


@pytest.mark.parametrize("text", ["jixiao", "/绩效", "/a b", "//evil.example", "/a/../b"])
def test_what_is_no_path_is_refused(monkeypatch, text: str):
    monkeypatch.setenv("KAOJI_PREFIX", text)

    with pytest.raises(WrongSetting, match="应写成 /jixiao 的样子"):
        path_prefix("KAOJI_PREFIX")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", None),
        ("CC0-1.0", Licence("CC0-1.0")),
        (
            " CC-BY-4.0  https://creativecommons.org/licenses/by/4.0/ ",
            Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ),
    ],
)
def test_a_licence_is_a_short_name_and_an_address(monkeypatch, text: str, told: Licence | None):
    monkeypatch.setenv("KAOJI_PUBLIC_LICENCE", text)

    assert licence("KAOJI_PUBLIC_LICENCE") == told


@pytest.mark.parametrize("text", ["自由使用", "CC BY 4.0", "CC0-1.0 javascript:alert(1)"])
def test_a_licence_that_no_program_would_know_is_refused(monkeypatch, text: str):
    monkeypatch.setenv("KAOJI_PUBLIC_LICENCE", text)

    with pytest.raises(WrongSetting, match=re.escape(text)):
        licence("KAOJI_PUBLIC_LICENCE")
