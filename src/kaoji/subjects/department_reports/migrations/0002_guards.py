"""What departments reported stays. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("department_reports", "0001_initial")]

    operations = [append_only("department_reports_filedreport")]
