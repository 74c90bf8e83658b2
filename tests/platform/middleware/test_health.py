"""Whoever watches the site asks two addresses, without a name and by any address of the machine."""

from __future__ import annotations

import pytest
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone

from kaoji.platform.jobs.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_a_process_that_answers_is_alive_whatever_its_host_is_called():
    answer = Client().get("/healthz", headers={"Host": "10.0.0.7:8000"})

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_the_site_is_ready_with_a_worker_and_not_without():
    without = Client().get("/readyz")
    Heartbeat.objects.create(worker="w", at=timezone.now())
    with_one = Client().get("/readyz", headers={"Host": "10.0.0.7"})

    assert without.status_code == 503
    assert without.json() == {"database": True, "migrated": True, "worker": False}
    assert with_one.status_code == 200
    assert with_one.json() == {"database": True, "migrated": True, "worker": True}


def test_a_database_that_is_away_is_told_and_nothing_more(monkeypatch):
    def away(*_: object) -> None:
        raise OperationalError("password authentication failed for user secret")

    monkeypatch.setattr("kaoji.platform.middleware.health.MigrationExecutor", away)

    answer = Client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"database": False, "migrated": False, "worker": False}
    assert b"secret" not in answer.content
