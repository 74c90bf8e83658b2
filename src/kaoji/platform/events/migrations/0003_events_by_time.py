"""Days of the log are found without reading all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_guards")]

    operations = [
        migrations.AddIndex("event", models.Index(fields=["at", "sequence"], name="events_by_time")),
    ]
