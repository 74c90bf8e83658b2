"""A batch that was taken stays as it is. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]

    operations = [
        append_only("imports_batch"),
    ]
