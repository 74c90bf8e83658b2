"""Each thing that can be wrong with an installation gets its own line, with what would help."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from cli.running import kaoji
from kaoji.platform.health import folder, surroundings
from kaoji.platform.health.examination import examine
from kaoji.platform.health.line import Line
from kaoji.platform.jobs.models import Heartbeat, Routine
from support.people import person

NOW = timezone.now()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder as the first start makes it."""
    for name in ("KAOJI_SECRET_KEY", "KAOJI_SEALING_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KAOJI_HOME", str(tmp_path))
    tmp_path.chmod(0o700)
    for name in ("secret_key", "sealing_key"):
        (tmp_path / name).write_text("k")
        (tmp_path / name).chmod(0o600)
    return tmp_path


def lines(*, ask_mail: bool = False) -> dict[str, Line]:
    return {line.name: line for line in examine(timezone.now(), ask_mail=ask_mail)}


def of_folder() -> dict[str, str]:
    found = folder.look_at_folder(settings.DATABASES["default"])
    return {line.name: line.condition.value for line in found}


def test_a_private_folder_with_its_keys_is_fine(home: Path):
    assert set(of_folder().values()) == {"ok"}


def test_a_key_that_others_may_read_is_broken_and_a_folder_that_they_may_open_doubtful(
    home: Path,
):
    (home / "sealing_key").chmod(0o644)
    home.chmod(0o755)

    found = of_folder()

    assert found["folder.sealing_key"] == "fail"
    assert found["folder.secret_key"] == "ok"
    assert found["folder.place"] == "warn"


def test_a_lost_key_is_broken_unless_a_variable_gives_it(home: Path, monkeypatch):
    (home / "secret_key").unlink()
    assert of_folder()["folder.secret_key"] == "fail"

    monkeypatch.setenv("KAOJI_SECRET_KEY", "given")
    assert of_folder()["folder.secret_key"] == "ok"


@pytest.mark.parametrize(
    ("free_megabytes", "condition"), [(299, "fail"), (1_999, "warn"), (2_000, "ok")]
)
def test_a_disk_is_scarce_below_two_gigabytes(
    home: Path, monkeypatch, free_megabytes, condition
):
    class Usage:
        free = free_megabytes * 1_000_000

    monkeypatch.setattr(folder.shutil, "disk_usage", lambda _: Usage)

    assert of_folder()["folder.room"] == condition


@pytest.mark.django_db
def test_nobody_who_does_the_jobs_is_broken():
    assert lines()["work.worker"].condition == "fail"

    Heartbeat.objects.create(worker="w", at=timezone.now())
    assert lines()["work.worker"].condition == "ok"


def waits(minutes: int, **more: object) -> None:
    row = DBTaskResult.objects.create(
        task_path="kaoji.x", args_kwargs={"args": [], "kwargs": {}}, priority=0, queue_name="default",
        backend_name="default", exception_class_path="", traceback="", **more,
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=row.pk).update(
        enqueued_at=timezone.now() - timedelta(minutes=minutes)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "condition"), [(9, "ok"), (11, "warn"), (121, "fail")])
def test_jobs_that_wait_long_are_told_with_their_minutes(minutes: int, condition: str):
    waits(minutes, status=Status.READY)

    found = lines()["work.jobs"]

    assert found.condition == condition
    assert str(found.told) == f"等待 1，进行 0，失败 0，最久等了 {minutes} 分钟"


@pytest.mark.django_db
def test_a_job_that_waits_for_its_hour_is_not_late_and_one_that_failed_is_told():
    waits(300, status=Status.READY, run_after=timezone.now() + timedelta(hours=1))
    assert lines()["work.jobs"].condition == "ok"

    waits(1, status=Status.FAILED)
    assert lines()["work.jobs"].condition == "warn"


@pytest.mark.django_db
def test_verifying_leaves_its_day_and_an_old_day_is_doubtful():
    assert "还没有核验过" in str(lines()["log.verified"].told)

    call_command("verify_log", verbosity=0)
    assert lines()["log.verified"].condition == "ok"
    assert Routine.objects.get(name="verify_log").well

    Routine.objects.update(at=timezone.now() - timedelta(days=4))
    assert lines()["log.verified"].condition == "warn"
    Routine.objects.update(well=False)
    assert lines()["log.verified"].condition == "fail"


@pytest.mark.django_db
def test_a_backup_of_the_day_before_yesterday_is_too_old():
    Routine.objects.create(name="backup", at=timezone.now() - timedelta(hours=47), well=True)
    assert lines()["work.backup"].condition == "ok"

    Routine.objects.update(at=timezone.now() - timedelta(hours=49))
    assert lines()["work.backup"].condition == "warn"


@pytest.mark.django_db
def test_a_table_that_the_sites_role_may_not_use_is_told_by_its_name():
    """An upgrade of the owner's made it, and default privileges were never said."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    with connection.cursor() as cursor:
        assert lines()["database.rights"].condition == "ok"
        cursor.execute("CREATE ROLE doctors_site")
        for kind, rights in {
            "TABLES": "SELECT, INSERT, UPDATE, DELETE",
            "SEQUENCES": "USAGE, SELECT",
        }.items():
            cursor.execute(f"GRANT {rights} ON ALL {kind} IN SCHEMA public TO doctors_site")
        cursor.execute("CREATE TABLE made_in_an_upgrade (id bigserial)")
        cursor.execute("SET ROLE doctors_site")

        found = lines()["database.rights"]

        cursor.execute("RESET ROLE")
    assert found.condition == "fail"
    assert "made_in_an_upgrade（共 2 处）" in str(found.told)
    assert "ALTER DEFAULT PRIVILEGES" in str(found.cure)


@pytest.mark.django_db
def test_a_guard_that_was_taken_away_is_told_by_its_name():
    if connection.vendor != "sqlite":
        pytest.skip("the guard is named otherwise there")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER events_event_no_DELETE")

    found = lines()["database.guards"]

    assert found.condition == "fail"
    assert "events_event_no_DELETE" in str(found.told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "name", "condition"),
    [
        ({"DEBUG": True}, "settings.debug", "fail"),
        ({"ALLOWED_HOSTS": ["kaoji.example.gov.cn"]}, "settings.https", "fail"),
        ({"ALLOWED_HOSTS": ["kaoji.example.gov.cn"], "HTTPS": True}, "settings.https", "ok"),
        ({"HTTPS": True, "TRUSTED_PROXIES": 0}, "settings.proxies", "fail"),
        ({"HTTPS": True, "TRUSTED_PROXIES": 1}, "settings.proxies", "ok"),
        ({"ALLOWED_HOSTS": ["*"]}, "settings.hosts", "warn"),
        ({"EMAIL_HOST": ""}, "around.mail", "warn"),
        ({"EMAIL_HOST": "m.example", "SITE_ADDRESS": ""}, "around.mail", "warn"),
    ],
)
def test_settings_that_do_not_go_together_are_told(settings, given, name, condition):
    for setting, value in given.items():
        setattr(settings, setting, value)

    assert lines()[name].condition == condition


@pytest.mark.django_db
def test_a_mail_server_that_refuses_is_told_in_its_own_words(settings, monkeypatch):
    def refuse() -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    settings.EMAIL_HOST, settings.SITE_ADDRESS = "mail.example", "https://kaoji.example"
    monkeypatch.setattr(surroundings, "get_connection", refuse)

    assert lines(ask_mail=False)["around.mail"].condition == "ok"
    told = lines(ask_mail=True)["around.mail"]
    assert told.condition == "fail"
    assert "Connection refused" in str(told.told)


@pytest.mark.django_db
def test_whatever_is_not_as_it_should_be_names_its_cure():
    for line in examine(NOW, ask_mail=False):
        assert (line.cure is None) == (line.condition == "ok"), line.name


@pytest.mark.django_db
def test_the_page_is_for_who_keeps_the_installation(django_user_model, client: Client):
    client.force_login(person("填报"))
    assert client.get("/installation/").status_code == 403

    client.force_login(person("管理员"))
    assert client.get("/installation/").status_code == 200

    client.force_login(django_user_model.objects.create_superuser("root", password="x"))
    page = client.get("/installation/").content.decode()
    assert "运行状况" in page
    assert "作业进程" in page
    assert "没有在运行的" in page
    assert "试连邮件服务器" in page


def test_a_home_that_is_not_there_is_told_and_not_made(tmp_path: Path):
    nowhere = tmp_path / "none"

    done = kaoji("doctor", KAOJI_HOME=str(nowhere), KAOJI_DATABASE_URL="")

    assert done.returncode == 1
    assert f"✗ 数据文件夹：没有 {nowhere}" in done.stdout.decode()
    assert not nowhere.exists()


def test_an_empty_home_gets_no_database_by_being_looked_at(tmp_path: Path):
    done = kaoji("doctor", "--json", KAOJI_HOME=str(tmp_path), KAOJI_DATABASE_URL="")

    told = json.loads(done.stdout)
    assert (told["kaoji"], told["condition"], done.returncode) == ("doctor/1", "fail", 1)
    reached = [line for line in told["lines"] if line["name"] == "database.reached"]
    assert [line["condition"] for line in reached] == ["fail"]
    assert list(tmp_path.iterdir()) == []
