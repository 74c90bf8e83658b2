"""What was filed and checked again stays. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("self_evaluation", "0001_initial")]

    operations = [
        append_only(
            "self_evaluation_selfevaluation", "self_evaluation_rechecksample",
            "self_evaluation_recheck",
        ),
    ]
