"""The log is never changed. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        append_only("events_event"),
    ]
