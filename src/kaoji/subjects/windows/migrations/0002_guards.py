"""A window keeps its year, stage and place; an extension stays as it was given. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only, fixed


class Migration(migrations.Migration):
    dependencies = [("windows", "0001_initial")]

    operations = [
        append_only("windows_extension"),
        fixed("windows_window", "year", "stage", "place_id"),
    ]
