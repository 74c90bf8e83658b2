"""What is shipped for systemd and containers says what our own command line understands, and names what there is."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from django.core.management import get_commands, load_command_class

from kaoji.cli import main

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/srv/kaoji/venv/bin/kaoji"


def understood(words: list[str]) -> None:
    """The command line takes these words; nothing is run."""
    context = click.Context(main)
    command = main.get_command(context, words[0])
    assert command is not None, words
    if words[0] != "manage":
        command.make_context(words[0], words[1:])
        return
    brought_by = get_commands()[words[1]]
    load_command_class(brought_by, words[1]).create_parser("kaoji", words[1]).parse_args(
        words[2:]
    )


def lines_of(path: Path, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.+)$", path.read_text("utf-8"), re.MULTILINE)


def test_every_unit_runs_a_command_that_there_is():
    services = [path for path in UNITS if path.suffix == ".service"]
    assert {path.stem for path in services} == {
        "kaoji", "kaoji-work", "kaoji-remind", "kaoji-verify", "kaoji-backup",
    }  # fmt: skip

    for path in services:
        for line in lines_of(path, "ExecStart(?:Pre)?"):
            program, *words = shlex.split(line)
            assert program == PROGRAM
            understood(words)


def test_what_the_command_line_does_not_know_would_be_seen():
    with pytest.raises(click.UsageError):
        understood(["serve", "--no-worker"])


def test_every_timer_has_its_service_and_misses_no_day():
    for path in UNITS:
        if path.suffix == ".timer":
            assert path.with_suffix(".service") in UNITS
            assert lines_of(path, "Persistent") == ["yes"]


def test_every_service_is_hardened_and_keeps_what_the_reader_of_documents_needs():
    for path in UNITS:
        if path.suffix == ".service":
            for key in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "RestrictNamespaces"):
                assert lines_of(path, key) == ["yes"], f"{path.name}: {key}"
            assert lines_of(path, "ProtectSystem") == ["strict"]
            assert "\nCapabilityBoundingSet=\n" in path.read_text("utf-8")
            # It limits its own memory by setrlimit, which is of @resources.
            assert "~@resources" not in path.read_text("utf-8")


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed here"
)
def test_systemd_understands_every_unit(tmp_path: Path):
    program = shutil.which("true")
    for path in UNITS:
        text = path.read_text("utf-8").replace(PROGRAM, str(program))
        # Users and files of the installation are not here.
        text = re.sub(r"^(User|Group|EnvironmentFile)=.*\n", "", text, flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text, "utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
    )

    about_ours = [line for line in done.stderr.splitlines() if "kaoji" in line]
    assert (done.returncode, about_ours) == (0, [])


def settings_named_in(text: str) -> set[str]:
    return set(re.findall(r"\bKAOJI_[A-Z_]+\b", text))


def test_the_template_of_settings_names_settings_that_there_are():
    known = settings_named_in((ROOT / "docs/guide/site.md").read_text("utf-8"))

    assert settings_named_in((DEPLOY / "kaoji.env").read_text("utf-8")) <= known


def container_file() -> str:
    return (DEPLOY / "container" / "Containerfile").read_text("utf-8")


def copied() -> Iterator[str]:
    for line in re.findall(r"^COPY (?!--from)(.+)$", container_file(), re.MULTILINE):
        yield from line.split()[:-1]


def test_the_container_copies_what_there_is_and_runs_what_the_command_line_knows():
    for source in copied():
        assert source == "wheelhous[e]" or (ROOT / source).exists(), (
            source
        )  # a wheelhouse may be there
    [words] = re.findall(r"^CMD (\[.+\])$", container_file(), re.MULTILINE)
    understood(yaml.safe_load(words))
    assert "\nUSER kaoji\n" in container_file()


def test_the_services_of_the_composition_run_commands_that_there_are():
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text("utf-8"))
    known = settings_named_in((ROOT / "docs/guide/site.md").read_text("utf-8"))

    assert compose["services"].keys() == {"site", "work", "db"}
    for name in ("site", "work"):
        service = compose["services"][name]
        understood(service["command"])
        assert service["environment"].keys() <= {*known, "PGPASSWORD"}
        assert service["read_only"] is True


def test_a_password_of_the_composition_may_have_any_sign():
    """It is put in by the composition, as it is; within an address `/`, `#` or `@` would end it."""
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text("utf-8"))

    for name in ("site", "work"):
        given = compose["services"][name]["environment"]
        assert "PASSWORD" not in given["KAOJI_DATABASE_URL"]
        assert given["PGPASSWORD"].startswith("${KAOJI_DB_PASSWORD")


def test_who_has_no_web_server_is_not_asked_over_the_web_whether_it_is_well():
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text("utf-8"))

    assert "8000/healthz" in container_file()
    assert compose["services"]["work"]["healthcheck"] == {"disable": True}
    assert "healthcheck" not in compose["services"]["site"]
