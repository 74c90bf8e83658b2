"""Fill an empty database with generated declarations, to see how the site does with many.

    python scripts/generate.py HOME [--years 10] [--units 20] [--projects 100] [--time]

The 17 sample forms are copied under other names, years, units and amounts; people and places are
invented. Rows are written in bulk, without events: such a database is for measuring only. With
--time the pages are asked in this process and their median milliseconds and queries printed.
`KAOJI_DATABASE_URL` chooses PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from random import Random

BATCH = 500
NOW = datetime(2026, 11, 24, tzinfo=UTC)
RUNS = 7
THINGS = [
    "道路",
    "桥梁",
    "河道",
    "公园",
    "学校",
    "医院",
    "养老",
    "助餐",
    "培训",
    "救助",
    "宣传",
    "巡查",
    "绿化",
    "照明",
    "供水",
    "排水",
    "档案",
    "消防",
    "社区",
    "文化",
]
WORKS = ["养护", "建设", "改造", "运行", "补贴", "服务", "监测", "管理", "采购", "评估"]


def main() -> None:
    """Generate, and measure when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--units", type=int, default=20)
    parser.add_argument("--projects", type=int, default=100)
    parser.add_argument(
        "--password", help="of the account `finance`; random where none is given"
    )
    parser.add_argument("--time", action="store_true")
    asked = parser.parse_args()
    os.environ["KAOJI_HOME"] = asked.home
    os.environ.setdefault("KAOJI_SECRET_KEY", "measuring")
    from kaoji.cli.site import set_up

    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kaoji.subjects.declarations.models import Declaration

    if not Declaration.objects.exists():
        fill(asked.years, asked.units, asked.projects, asked.password)
    print(f"{Declaration.objects.count():,} declarations")
    if asked.time:
        measure()


def fill(years: int, units: int, projects: int, password: str | None) -> None:
    """Write places, people and declarations."""
    from django.db import connection

    from kaoji.subjects.dashboards.queries import refresh_all

    places, author = _places_and_people(units, password)
    chance = Random(2026)  # noqa: S311 - the same data each time
    made = _declarations(range(2027 - years, 2027), places, projects, author, chance)
    while batch := list(islice(made, BATCH)):
        _write(batch, author, chance)
    _monitor(author, chance)
    refresh_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _places_and_people(units: int, password: str | None):
    from kaoji.platform.accounts.actions.open_account import open_account
    from kaoji.platform.organisation.actions.appoint import appoint
    from kaoji.platform.organisation.actions.register_organisation import register_organisation
    from kaoji.workflow.places import PlaceKind
    from kaoji.workflow.roles import Role

    def place(name, kind, parent):
        return register_organisation(name, kind=kind, parent=parent, acting_user=None, now=NOW)

    def person(name, role, at):
        somebody = open_account(
            name,
            full_name=name,
            password=password or secrets.token_hex(8),
            acting_user=None,
            now=NOW,
        )
        appoint(somebody, role, at, since=date(2020, 1, 1), acting_user=None, now=NOW)
        return somebody

    bureau = place("演示财政局", PlaceKind.BUREAU, None)
    found = []
    for number in range(units):
        if number % 5 == 0:
            head = place(f"演示第{number // 5 + 1}局", PlaceKind.DEPARTMENT, bureau)
            found.append(head)
        else:
            found.append(place(f"演示单位{number:02}", PlaceKind.UNIT, head))
    author = person("author", Role.FILER, found[0])
    person("reviewer", Role.DEPARTMENT_REVIEWER, found[0])
    person("finance", Role.FINANCE_PERFORMANCE, bureau)
    return found, author


def _declarations(years, places, projects: int, author, chance: Random) -> Iterator[tuple]:
    """(declaration, form, report) for each year, place and project."""
    from kaoji.core.money import Money
    from kaoji.documents.reader import read_document
    from kaoji.rules.engine import check
    from kaoji.samples import SONGJIANG_2023
    from kaoji.subjects.declarations.models import Declaration
    from kaoji.subjects.declarations.queries.derive import follow
    from kaoji.workflow.moves import State

    sample = read_document(SONGJIANG_2023.read_bytes(), name="a.txt").forms
    reports = [check(item.form) for item in sample]
    states = [State.DRAFT, State.SUBMITTED, State.FORWARDED, State.RETURNED]
    for year in years:
        for place in places:
            for number in range(projects):
                which = chance.randrange(len(sample))
                form = sample[which].form
                thing, work = chance.choice(THINGS), chance.choice(WORKS)
                rows = [
                    replace(
                        row,
                        level3=f"{thing}{row.level3}" if chance.random() < 0.5 else row.level3,
                    )
                    for row in form.indicators
                ]
                form = replace(
                    form,
                    year=year,
                    department="演示第1局",
                    implementing_unit=place.name,
                    project_name=f"{thing}{work}（{number + 1}）",
                    indicators=tuple(rows),
                    funds=replace(
                        form.funds,
                        annual_total=Money(Decimal(chance.randrange(1, 9_000) * 1_000)),
                    ),
                )
                item = Declaration(organisation=place, revision_count=1, state_since=NOW)
                follow(item, form, report=reports[which], doubts=0, at=NOW)
                item.state = chance.choice(states) if year == 2026 else State.PUBLISHED
                if year < 2026:
                    item.approved_revision = item.public_revision = 1
                    item.public_name, item.public_total = item.project_name, item.annual_total
                    item.publication, item.public_from = "public", date(year, 2, 1)
                yield item, form, reports[which]


def _write(batch: list[tuple], author, chance: Random) -> None:
    from kaoji.core.canonical import digest
    from kaoji.core.written_form import canonical
    from kaoji.subjects.declarations.models import (
        Declaration,
        FindingRow,
        IndicatorRow,
        Revision,
    )
    from kaoji.subjects.declarations.queries.derive import finding_rows, indicator_rows
    from kaoji.subjects.review.models import ApprovedForm
    from kaoji.subjects.self_evaluation.models import Standing

    Declaration.objects.bulk_create(item for item, _, _ in batch)
    revisions = []
    for item, form, _ in batch:
        content = canonical(form)
        revisions.append(
            Revision(
                declaration=item, number=1, content=content.decode(), sha256=digest(content),
                notes={"doubts": [], "repairs": [], "extra": {}, "places": {}, "rows": []},
                made_at=NOW, made_by=author,
            )
        )  # fmt: skip
    Revision.objects.bulk_create(revisions)
    IndicatorRow.objects.bulk_create(
        row
        for revision, (_, form, _) in zip(revisions, batch, strict=True)
        for row in indicator_rows(revision, form)
    )
    FindingRow.objects.bulk_create(
        row
        for revision, (_, _, report) in zip(revisions, batch, strict=True)
        for row in finding_rows(revision, report)
    )
    ApprovedForm.objects.bulk_create(
        ApprovedForm(
            declaration=item, revision_number=1, project_name=item.project_name,
            annual_total=item.annual_total, approved_at=NOW, approved_by=author,
        )
        for item, _, _ in batch
        if item.approved_revision
    )  # fmt: skip
    Standing.objects.bulk_create(
        _standing(item, chance) for item, _, _ in batch if item.approved_revision
    )


def _standing(item, chance: Random):
    """How a promise stands, made up: most spend evenly and reach most of what they promised."""
    from kaoji.subjects.self_evaluation.models import Standing

    budget, share = item.annual_total, Decimal(chance.randrange(60, 101)) / 100
    executed = (budget * share).quantize(Decimal("0.01"))
    spent = [f"{executed * month / 12:.2f}" for month in range(1, 13)]
    score = Decimal(chance.randrange(5_500, 10_001)) / 100
    met = chance.randrange(item.indicators // 2, item.indicators + 1)
    return Standing(
        declaration=item, year=item.year, organisation_id=item.organisation_id,
        category=item.project_category, budget=budget, executed=executed,
        indicators=item.indicators, measurable=item.measurable, measured=item.indicators, met=met,
        lights="".join(chance.choices("rygb", (1, 2, 6, 1), k=12)), spent=spent, score=score,
        grade="优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差",
        is_public=True,
    )  # fmt: skip


def _monitor(author, chance: Random) -> None:
    """One monitoring period, in the last year but one, in which every promise has reported."""
    from kaoji.platform.organisation.models import Organisation
    from kaoji.subjects.declarations.models import Declaration
    from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport

    year = NOW.year - 1
    period = MonitoringPeriod.objects.create(
        year=year, title="1—7 月", place=Organisation.objects.get(parent=None),
        until=date(year, 7, 31), due_on=date(year, 8, 31), issued_at=NOW, issued_by=author,
    )  # fmt: skip
    told = Declaration.objects.filter(year=year).values_list("pk", flat=True)
    MonitoringReport.objects.bulk_create(
        (
            MonitoringReport(
                period=period, declaration_id=key, number=1, revision_number=1,
                light=chance.choice(("red", "yellow", "green", "blue")), filed_at=NOW, filed_by=author,
            )
            for key in told
        ),
        batch_size=BATCH,
    )  # fmt: skip


def measure() -> None:
    """Ask each page, as finance who sees everything and as a unit's filer."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from kaoji.subjects.declarations.models import Declaration

    one = Declaration.objects.filter(state="draft").first()
    done = Declaration.objects.exclude(approved_revision=None).first()
    pages = [
        "/todo/", "/declarations/", "/declarations/?page=100", "/declarations/?q=养护",
        "/declarations/?q=桥梁+满意", "/declarations/?year=2026&state=mine",
        "/declarations/?sort=-measurable", f"/declarations/{one.pk}/", f"/declarations/{one.pk}/review/",
        f"/declarations/{one.pk}/edit/", "/letters/", "/windows/", "/library/", "/public/",
        "/public/?q=养护", "/figures/", "/figures/?year=2020", "/figures/public/", "/following/",
        "/following/rechecks/", "/monitoring/", "/monitoring/1/", f"/results/{done.pk}/",
    ]  # fmt: skip
    for who in ("finance", "author"):
        client = Client(SERVER_NAME="localhost")
        client.force_login(
            User.objects.get(username=who), "django.contrib.auth.backends.ModelBackend"
        )
        print(f"\n{who:44}{'median ms':>12}{'queries':>9}")
        for page in pages:
            walls = []
            for _ in range(RUNS):
                begin = time.perf_counter()
                answer = client.get(page)
                walls.append((time.perf_counter() - begin) * 1_000)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            told = f"{statistics.median(walls):>12.0f}{len(queries):>9}"
            print(
                f"{page:44}{told}"
                + ("" if answer.status_code == 200 else f"  {answer.status_code}")
            )


if __name__ == "__main__":
    main()
