"""A file is kept as it came. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        append_only("files_document"),
    ]
