"""Accounts keep their names; a key for other systems only ends. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import fixed


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        fixed(
            "accounts_accesskey", "person_id", "name", "shown", "digest", "may_write",
            "expires_on", "made_at", once=("ended_at",),
        ),
        fixed("auth_user", "username", "is_superuser", "is_staff", "date_joined"),
    ]
