"""What was argued and what was said to it stays. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ex_ante", "0001_initial")]

    operations = [append_only("ex_ante_exanteevaluation", "ex_ante_exantereview")]
