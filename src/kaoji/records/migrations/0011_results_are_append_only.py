"""The database itself refuses to change or delete what became of a promise."""

from django.db import migrations

KEPT = ("records_actual", "records_spending", "records_selfevaluation", "records_review")


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
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION records_refuse()"""
            for table in KEPT
        ]
    return []


def _undo(vendor):
    if vendor == "sqlite":
        return [f"DROP TRIGGER {t}_no_{v}" for t in KEPT for v in ("UPDATE", "DELETE")]
    if vendor == "postgresql":
        return [f"DROP TRIGGER {table}_append_only ON {table}" for table in KEPT]
    return []


def _run(statements):
    def step(apps, schema_editor):
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return step


class Migration(migrations.Migration):
    dependencies = [("records", "0010_what_became_of_it")]

    operations = [migrations.RunPython(_run(_do), _run(_undo))]
