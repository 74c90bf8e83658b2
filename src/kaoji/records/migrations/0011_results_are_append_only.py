"""The database itself refuses to change or delete what became of a promise."""

from django.db import migrations

from kaoji.records.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("records", "0010_what_became_of_it")]

    operations = [
        append_only(
            "records_actual", "records_spending", "records_selfevaluation", "records_review"
        )
    ]
