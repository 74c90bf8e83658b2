"""A rectification and its steps stay. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("rectification", "0001_initial")]

    operations = [
        append_only("rectification_rectification", "rectification_rectificationstep"),
    ]
