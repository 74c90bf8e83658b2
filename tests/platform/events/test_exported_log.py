"""An exported log is verified by a script that knows nothing of kaoji."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from kaoji.platform.events.models import Event
from kaoji.subjects.intake.actions.import_document import import_document
from support.people import NOON, person

pytestmark = pytest.mark.django_db

SCRIPT = Path(__file__).parents[3] / "scripts" / "verify_log.py"


@pytest.fixture
def exported() -> list[str]:
    import_document(
        "项目: 甲 “乙”\n年度: 2023\n".encode(),
        name="é.txt",
        acting_user=person("填报"),
        now=NOON,
    )
    out = io.StringIO()
    call_command("export_log", stdout=out)
    return out.getvalue().splitlines()


def verified(lines: list[str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT)], input="\n".join(lines), capture_output=True,
        text=True, encoding="utf-8",
    )  # fmt: skip


def test_an_untouched_log_holds(exported: list[str]):
    done = verified(exported)

    assert done.returncode == 0
    assert done.stdout.startswith(f"{Event.objects.count()} events hold")
    assert Event.objects.latest("sequence").hash in done.stdout


def test_a_changed_event_is_named(exported: list[str]):
    event = json.loads(exported[1])
    event["payload"]["forms"] = 99

    done = verified([exported[0], json.dumps(event, ensure_ascii=False), *exported[2:]])

    assert (done.returncode, "event 2 was changed" in done.stdout) == (1, True)


def test_a_missing_event_is_named(exported: list[str]):
    done = verified(exported[1:])

    assert (done.returncode, "event 1 is missing" in done.stdout) == (1, True)


def test_what_is_no_log_is_broken(exported: list[str]):
    assert verified(["{}"]).returncode == 1
    assert verified(["no json"]).returncode == 1
