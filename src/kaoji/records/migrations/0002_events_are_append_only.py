"""The database itself refuses to change or delete an event."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER records_event_no_{verb} BEFORE {verb} ON records_event
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION records_event_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'events are append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER records_event_append_only BEFORE UPDATE OR DELETE ON records_event
    FOR EACH ROW EXECUTE FUNCTION records_event_refuse()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER records_event_no_{verb}" for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        "DROP TRIGGER records_event_append_only ON records_event",
        "DROP FUNCTION records_event_refuse()",
    ],
}
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def _run(statements):
    def step(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("records", "0001_records_begin")]

    operations = [migrations.RunPython(_run(DO), _run(UNDO))]
