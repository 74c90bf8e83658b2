"""A letterhead that was set is never changed: another is set after it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_letterhead")]

    operations = [append_only("organisation_letterhead")]
