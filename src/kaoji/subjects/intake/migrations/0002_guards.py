"""What was read at first stays; an import is closed once. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import fixed


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        fixed(
            "intake_intake", "document_id", "opened_at", "opened_by_id", "original", "rows",
            once=("closed_at",),
        ),
    ]
