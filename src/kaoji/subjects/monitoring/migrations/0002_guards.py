"""What was reported and said to it stays. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]

    operations = [
        append_only(
            "monitoring_monitoringperiod", "monitoring_monitoringreport",
            "monitoring_monitoringreview",
        ),
    ]
