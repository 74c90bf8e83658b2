"""Plans, decisions and evaluations stay. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("department_expenditure", "0001_initial")]

    operations = [
        append_only(
            "department_expenditure_wholeplan", "department_expenditure_wholedecision",
            "department_expenditure_wholeevaluation",
        ),
    ]
