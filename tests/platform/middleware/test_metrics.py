"""`/metrics`: what a monitor reads, in its own notation, and who may read it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from kaoji import __version__
from kaoji.platform.jobs.models import Heartbeat, Routine
from kaoji.platform.middleware import metrics
from kaoji.platform.middleware.request_figures import FIGURES, RequestFigures

NOON = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)  # 1795838400 as Unix time


@pytest.fixture(autouse=True)
def _nothing_answered() -> None:
    FIGURES.clear()


@pytest.mark.django_db
def test_the_figures_are_in_the_notation_of_prometheus(monkeypatch):
    monkeypatch.setattr(metrics, "free_bytes", lambda: 5_000_000_000)
    monkeypatch.setattr(metrics, "_database_bytes", lambda: 1_048_576)
    Heartbeat.objects.create(worker="w", at=NOON)
    Routine.objects.create(name="backup", at=NOON, well=True)
    figures = RequestFigures()
    figures.count("GET", 200, 0.0625)
    figures.count("GET", 200, 0.5)
    figures.count("PROPFIND", 405, 20)

    assert (
        "".join(metrics.exposition(NOON, figures))
        == f"""\
# HELP kaoji_info The version that answers.
# TYPE kaoji_info gauge
kaoji_info{{version="{__version__}",database="{connection.vendor}"}} 1
# HELP kaoji_requests_total Requests answered since the site was started.
# TYPE kaoji_requests_total counter
kaoji_requests_total{{method="GET",status="2xx"}} 2
kaoji_requests_total{{method="other",status="4xx"}} 1
# HELP kaoji_request_seconds How long an answer took in the site.
# TYPE kaoji_request_seconds histogram
kaoji_request_seconds_bucket{{le="0.025"}} 0
kaoji_request_seconds_bucket{{le="0.05"}} 0
kaoji_request_seconds_bucket{{le="0.1"}} 1
kaoji_request_seconds_bucket{{le="0.2"}} 1
kaoji_request_seconds_bucket{{le="0.3"}} 1
kaoji_request_seconds_bucket{{le="0.5"}} 2
kaoji_request_seconds_bucket{{le="1"}} 2
kaoji_request_seconds_bucket{{le="2.5"}} 2
kaoji_request_seconds_bucket{{le="5"}} 2
kaoji_request_seconds_bucket{{le="10"}} 2
kaoji_request_seconds_bucket{{le="+Inf"}} 3
kaoji_request_seconds_sum 20.5625
kaoji_request_seconds_count 3
# HELP kaoji_database_up 1 when the database answers.
# TYPE kaoji_database_up gauge
kaoji_database_up 1
# HELP kaoji_jobs Jobs in the queue.
# TYPE kaoji_jobs gauge
kaoji_jobs{{state="waiting"}} 0
kaoji_jobs{{state="running"}} 0
kaoji_jobs{{state="failed"}} 0
# HELP kaoji_oldest_job_seconds How long the job waits that is due longest.
# TYPE kaoji_oldest_job_seconds gauge
kaoji_oldest_job_seconds 0
# HELP kaoji_workers Processes that do jobs and are alive.
# TYPE kaoji_workers gauge
kaoji_workers 1
# HELP kaoji_events_total Entries of the log.
# TYPE kaoji_events_total counter
kaoji_events_total 0
# HELP kaoji_database_bytes What the database takes, in bytes.
# TYPE kaoji_database_bytes gauge
kaoji_database_bytes 1048576
# HELP kaoji_routine_last_seconds When a routine was last done, as Unix time.
# TYPE kaoji_routine_last_seconds gauge
kaoji_routine_last_seconds{{routine="backup"}} 1795838400
# HELP kaoji_routine_well 1 when the routine ended well that time.
# TYPE kaoji_routine_well gauge
kaoji_routine_well{{routine="backup"}} 1
# HELP kaoji_disk_free_bytes Room left where the home folder is.
# TYPE kaoji_disk_free_bytes gauge
kaoji_disk_free_bytes 5000000000
"""
    )


@pytest.mark.django_db
def test_this_machine_is_answered_by_its_own_name():
    answer = Client().get(
        "/metrics", headers={"Host": "127.0.0.1:8000"}, REMOTE_ADDR="127.0.0.1"
    )

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"kaoji_workers 0\n" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_HOST": "127.0.0.1:8000"},
        {
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_X_FORWARDED_FOR": "10.0.0.7",
        },
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "kaoji.example.gov.cn"},
        {
            "REMOTE_ADDR": "10.0.0.7",
            "HTTP_HOST": "localhost",
            "HTTP_AUTHORIZATION": "Bearer no",
        },
        {"REMOTE_ADDR": "10.0.0.7", "HTTP_HOST": "localhost", "HTTP_AUTHORIZATION": "Bearer "},
    ],
)
def test_for_everybody_else_there_is_no_such_address(settings, asked):
    settings.ALLOWED_HOSTS = ["*"]

    answer = Client().get("/metrics", **asked)

    assert answer.status_code in {302, 404}
    assert b"kaoji_" not in answer.content


@pytest.mark.django_db
def test_a_monitor_elsewhere_brings_its_token(settings):
    settings.METRICS_TOKEN = "watch-0"

    asked = {"HTTP_HOST": "kaoji.example.gov.cn", "HTTP_X_FORWARDED_FOR": "10.0.0.7"}
    right = Client().get("/metrics", HTTP_AUTHORIZATION="Bearer watch-0", **asked)

    assert right.status_code == 200


@pytest.mark.django_db
def test_a_database_that_is_away_is_told(monkeypatch):
    def away(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(metrics, "queue", away)

    told = "".join(metrics.exposition(NOON, RequestFigures()))

    assert "kaoji_database_up 0\n" in told
    assert "kaoji_jobs{" not in told


@pytest.mark.django_db
def test_what_the_site_answers_is_counted():
    Client().get("/rules/")
    Client().post("/account/sign-in/", {"username": "a", "password": "b"})

    assert list(FIGURES.answered()) == [("GET", "2xx", 1), ("POST", "2xx", 1)]
