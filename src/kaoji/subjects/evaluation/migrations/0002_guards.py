"""Commissions, sheets, reports and replies stay. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]

    operations = [
        append_only(
            "evaluation_evaluation", "evaluation_evaluation_experts", "evaluation_expertsheet",
            "evaluation_evaluationreport", "evaluation_evaluationreply",
        ),
    ]
