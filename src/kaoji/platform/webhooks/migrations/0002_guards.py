"""Who is told what stands as it was opened; a receiver only ends. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import fixed


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_webhooks_begin")]

    operations = [
        fixed(
            "webhooks_receiver", "place_id", "name", "address", "choices", "secret", "made_at",
            "made_by_id", once=("ended_at", "ended_by_id"),
        ),
    ]
