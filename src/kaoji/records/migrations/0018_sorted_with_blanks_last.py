"""Money, years and the measurable share stand in order with blanks last, which SQLite's indexes cannot say."""

from django.db import migrations

_SHARE = "((measurable)::double precision / NULLIF(indicators, 0))"
_INDEXES = {
    "declarations_latest_first": "year DESC NULLS LAST, implementing_unit, id",
    "declarations_by_money": "annual_total DESC NULLS LAST, id DESC",
    "declarations_by_measurable": f"({_SHARE}) DESC NULLS LAST, id DESC",
    "declarations_least_measurable": f"({_SHARE}) ASC NULLS LAST, id",
}


def build(apps, editor):
    if editor.connection.vendor == "postgresql":
        for name, order in _INDEXES.items():
            editor.execute(f"CREATE INDEX {name} ON records_declaration ({order})", params=None)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            editor.execute(f"DROP INDEX {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0017_what_the_list_is_sorted_by")]

    operations = [migrations.RunPython(build, drop)]
