"""A measure and a value are followed by later ones, never changed. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]

    operations = [
        append_only("results_measure", "results_actual"),
    ]
