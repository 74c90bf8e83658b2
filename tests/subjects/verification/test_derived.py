"""What nobody signs is made again and compared: figures of dashboards and public pages, counts, guards."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import connection

from kaoji.platform.events.guards import guards_in, known_guards, missing_guards
from kaoji.subjects.dashboards.models import PlaceYear
from kaoji.subjects.dashboards.queries import figures_of
from kaoji.subjects.declarations.models import Declaration, FindingRow
from kaoji.subjects.self_evaluation.models import Standing
from kaoji.subjects.verification.queries.derived import derived_differences
from kaoji.subjects.verification.queries.verifying import differences

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return [str(sentence) for sentence in differences()]


def test_what_the_actions_derive_is_what_the_records_say(evaluation, approved):
    figures_of([approved.organisation_id], [2023])

    assert told() == []


@pytest.mark.parametrize(
    ("column", "forged"),
    [("score", "13.5"), ("grade", "差"), ("executed", "1"), ("met", 0), ("lights", "g" * 12),
     ("is_public", True), ("budget", "1"), ("measured", 0), ("category", "x")],
)  # fmt: skip
def test_a_forged_figure_of_a_promise_is_named(evaluation, approved, column: str, forged):
    Standing.objects.filter(pk=approved.pk).update(**{column: forged})

    [sentence] = told()
    assert f"standings 第 {approved.pk} 行的 {column}" in sentence


def test_a_figure_that_was_taken_out_or_slipped_in_is_named(evaluation, approved):
    Standing.objects.all().delete()

    assert told() == [f"第 {approved.pk} 份申报表的概况不见了"]


def test_a_forged_sum_of_a_place_is_named(evaluation, approved):
    figures_of([approved.organisation_id], [2023])
    row = PlaceYear.objects.get()
    forged = json.loads(json.dumps(row.figures))
    forged["public"]["grades"] = {"优": 9}
    PlaceYear.objects.update(figures=forged)

    assert told() == ["“丙”2023 年的合计与各项目相加不符"]


def test_findings_that_were_taken_out_are_missed_and_so_is_a_forged_count(approved):
    assert FindingRow.objects.filter(outcome="found").exists()
    before = told()
    FindingRow.objects.all().delete()
    assert before == []
    assert any("declarations 第" in sentence for sentence in told())

    Declaration.objects.update(errors=7)
    assert any("errors 为“7”，按记录应为“0”" in sentence for sentence in told())


def test_what_an_older_parser_derived_is_made_anew(evaluation, approved):
    Declaration.objects.update(measurable=0)
    assert told()

    call_command("refresh_figures")

    assert told() == []


def test_the_guards_of_the_migrations_are_those_written_down():
    """A migration that changes a guard asks for scripts/guards.py."""
    if connection.vendor == "sqlite":
        assert guards_in(connection) == known_guards()
    assert list(missing_guards(connection)) == []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("name", sorted(known_guards()))
def test_every_guard_that_is_dropped_or_hollow_is_named(name: str):
    table = name.rpartition("_no_")[0] or name.removesuffix("_fixed")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")
        dropped = [str(sentence) for sentence in missing_guards(connection)]
        cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT 1; END")
        hollow = [str(sentence) for sentence in missing_guards(connection)]

    assert dropped == [f"数据库里的保护 {name} 被拿掉了"]
    assert hollow == [f"数据库里的保护 {name} 被改过"]


@pytest.mark.skipif("connection.vendor == 'sqlite'")
@pytest.mark.parametrize(
    ("guard", "table"),
    [("append_only", "events_event"), ("no_truncate", "events_event"),
     ("fixed", "declarations_declaration"), ("kept", "declarations_declaration")],
)  # fmt: skip
def test_a_guard_of_postgresql_that_is_dropped_or_switched_off_is_named(guard, table):
    name = f"{table}_{guard}"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        switched_off = [str(sentence) for sentence in missing_guards(connection)]
        cursor.execute(f"DROP TRIGGER {name} ON {table}")
        dropped = [str(sentence) for sentence in missing_guards(connection)]

    assert switched_off == dropped == [f"数据库里的保护 {name} 被拿掉、停用或改空了"]


@pytest.mark.skipif("connection.vendor == 'sqlite'")
@pytest.mark.parametrize(
    ("table", "when"), [("events_event", "WHEN (false)"), ("intake_intake", "")]
)
def test_a_guard_of_postgresql_that_never_refuses_or_stands_elsewhere_is_named(table, when):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER events_event_append_only ON events_event")
        cursor.execute(
            f"CREATE TRIGGER events_event_append_only BEFORE UPDATE ON {table}"
            f" FOR EACH ROW {when} EXECUTE FUNCTION kaoji_refuse()"
        )

    assert len(list(missing_guards(connection))) == 1


@pytest.mark.skipif("connection.vendor == 'sqlite'")
def test_guards_of_postgresql_that_refuse_nothing_are_all_named():
    standing = guards_in(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION kaoji_refuse() RETURNS trigger AS"
            " 'BEGIN /* RAISE EXCEPTION */ RETURN NEW; END' LANGUAGE plpgsql"
        )

    assert len(list(missing_guards(connection))) == len(standing) > 0


def test_derived_differences_are_told_one_by_one(approved):
    Declaration.objects.update(hints=90, warnings=91)

    assert len(list(derived_differences())) == 2
