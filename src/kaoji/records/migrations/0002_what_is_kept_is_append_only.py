"""The database itself refuses to change or delete what is kept for good."""

from django.db import migrations

KEPT = ("records_event", "records_revision", "records_document")


def _do(vendor):
    if vendor == "sqlite":
        return [
            f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
            for table in KEPT
            for verb in ("UPDATE", "DELETE")
        ]
    if vendor == "postgresql":
        return [
            """CREATE FUNCTION records_refuse() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql""",
            *(
                f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION records_refuse()"""
                for table in KEPT
            ),
        ]
    return []


def _undo(vendor):
    if vendor == "sqlite":
        return [f"DROP TRIGGER {t}_no_{v}" for t in KEPT for v in ("UPDATE", "DELETE")]
    if vendor == "postgresql":
        drops = [f"DROP TRIGGER {table}_append_only ON {table}" for table in KEPT]
        return [*drops, "DROP FUNCTION records_refuse()"]
    return []


def _run(statements):
    def step(apps, schema_editor):
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return step


class Migration(migrations.Migration):
    dependencies = [("records", "0001_records_begin")]

    operations = [migrations.RunPython(_run(_do), _run(_undo))]
