"""A letter that went out stays as it is. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("approval", "0001_initial")]

    operations = [
        append_only("approval_approvalletter"),
    ]
