"""How an indicator was defined stays as it was written. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [
        append_only("library_indicatorsheet"),
    ]
