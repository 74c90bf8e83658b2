"""Money spent is corrected by a later row. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("spending", "0001_initial")]

    operations = [
        append_only("spending_spending"),
    ]
