"""One process at a time sends to a receiver, the one that waited longest first; who is silent too long is noticed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0002_guards")]

    operations = [
        migrations.AddField(
            "receiver", "busy_until", models.DateTimeField("正在送，至", null=True)
        ),
        migrations.AddField(
            "receiver", "tended_at", models.DateTimeField("上次送", null=True)
        ),
        migrations.AddField(
            "receiver", "failing_since", models.DateTimeField("送不到，自", null=True)
        ),
    ]
