"""What every test may ask for."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

# Before Django reads its settings: tests have a key of their own and no home folder.
os.environ.setdefault("KAOJI_SECRET_KEY", "tests-only")
os.environ.setdefault("KAOJI_KEEPS_SUMS", "0")
os.environ.setdefault("KAOJI_JOBS", "at-once")
os.environ.setdefault("KAOJI_SEALING_KEY", "tests-only")
os.environ.setdefault("KAOJI_PROOF_MINUTES", "0")
os.environ.setdefault("KAOJI_ACCESS_LOG", "0")
os.environ.setdefault("KAOJI_HOME", "/nonexistent/kaoji-tests")

from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.samples import SONGJIANG_2023
from support.migrated import django_db_modify_db_settings, django_db_setup  # noqa: F401 - fixtures
from support.queued import do_jobs  # noqa: F401 - a fixture for all
from support.road_form import MET, MID_JULY, PUTUO

# The English catalogue is compiled, not committed (scripts/catalogues.py).
_ROOT = Path(__file__).resolve().parents[1]
runpy.run_path(str(_ROOT / "scripts" / "catalogues.py"))["compile_below"](_ROOT / "src")

# One profile for all: a machine under load is slow, which says nothing of the code.
settings.register_profile(
    "kaoji",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
# Mutants are tried by the hundred; which example shows one does not matter, so none is made smaller.
settings.register_profile(
    "quick",
    settings.get_profile("kaoji"),
    max_examples=25,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("kaoji")

# Tables may be imported once Django is set up, which is after this file.
if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

    from kaoji.documents.guarded.process import GuardedReader
    from kaoji.subjects.declarations.models import Declaration
    from kaoji.subjects.monitoring.models import MonitoringPeriod
    from kaoji.subjects.self_evaluation.models import SelfEvaluation


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    """Good password hashes are slow on purpose; hundreds of invented people need none."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def _reading_process() -> Iterator[GuardedReader]:
    from kaoji.documents.guarded.process import GuardedReader

    with GuardedReader() as stays:
        yield stays


@pytest.fixture(autouse=True)
def _one_reading_process(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    _reading_process: GuardedReader,
) -> None:
    """Documents are read in a process that stays: its start costs more than most of the tests."""
    from kaoji.documents.guarded.process import GuardedReader

    if "own_process" not in request.keywords:
        monkeypatch.setattr(GuardedReader, "__enter__", lambda reader: _reading_process)
        monkeypatch.setattr(GuardedReader, "__exit__", lambda reader, *fault: None)


@pytest.fixture(autouse=True)
def _unspent_limits() -> None:
    """What one test used up is no matter of the next."""
    from django.conf import settings

    if settings.configured:
        from django.core.cache import cache

        from kaoji.platform.middleware.limits import COUNTS

        cache.clear()
        COUNTS.clear()


@pytest.fixture
def filer() -> User:
    """Who writes forms, of the whole bureau."""
    from support.people import person

    return person("填报")


@pytest.fixture
def clerk() -> Client:
    """Somebody who files, signed in, with the sample on record."""
    from django.test import Client

    from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
    from kaoji.subjects.intake.actions.import_document import import_document
    from support.people import NOON, person

    user = person("填报")
    intake = import_document(
        SONGJIANG_2023.read_bytes(), name="a.txt", acting_user=user, now=NOON
    )
    confirm_intake(intake, form_numbers=range(17), acting_user=user, now=NOON)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def approved(filer: User) -> Declaration:
    """The road form with its budget: filed, forwarded by 主管部门, approved by 财政绩效."""
    from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
    from kaoji.subjects.intake.actions.import_document import import_document
    from kaoji.subjects.review.actions.move_declaration import move_declaration
    from support.people import NOON, person

    intake = import_document(PUTUO.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    doers = {"submit": filer, "forward": person("主管部门审核"), "approve": person("财政绩效")}
    for verb, user in doers.items():
        made = move_declaration(made, verb, revision=1, acting_user=user, now=NOON)
    return made


@pytest.fixture
def department(approved: Declaration) -> User:
    """Who forwarded the road form."""
    return _known("shen")


@pytest.fixture
def finance(approved: Declaration) -> User:
    """Who approved the road form."""
    return _known("cai")


@pytest.fixture
def period(approved: Declaration, department: User) -> MonitoringPeriod:
    """The first monitoring of the year."""
    from kaoji.subjects.monitoring.actions.issue_monitoring import issue_monitoring
    from support.people import NOON, place

    return issue_monitoring(
        place(), year=2023, title="1—7 月运行监控", until=MID_JULY, due_on=date(2026, 12, 31),
        acting_user=department, now=NOON,
    )  # fmt: skip


@pytest.fixture
def evaluation(approved: Declaration, filer: User) -> SelfEvaluation:
    """The self-evaluation of the road form: all met, 98.62 points."""
    from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
    from support.followed import entered, spent
    from support.people import NOON

    for name, value in MET.items():
        entered(approved, filer, name, value)
    spent(approved, filer, 6, "215457.60")
    return file_self_evaluation(approved, goal_done="已完成", acting_user=filer, now=NOON)


def _known(username: str) -> User:
    from django.contrib.auth.models import User

    return User.objects.get(username=username)


@pytest.fixture(scope="session")
def songjiang() -> Reading:
    """The real document, read."""
    return read_document(SONGJIANG_2023.read_bytes(), name=SONGJIANG_2023.name)
