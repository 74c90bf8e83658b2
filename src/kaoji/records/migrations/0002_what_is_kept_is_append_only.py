"""The database itself refuses to change or delete what is kept for good."""

from django.db import migrations

from kaoji.records.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("records", "0001_records_begin")]

    operations = [
        append_only("records_event", "records_revision", "records_document", first=True)
    ]
