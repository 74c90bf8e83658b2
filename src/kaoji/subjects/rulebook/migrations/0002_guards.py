"""An override keeps its rule and region. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import fixed


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial")]

    operations = [
        fixed("rulebook_override", "kind", "subject", "region", may_go=True),
    ]
