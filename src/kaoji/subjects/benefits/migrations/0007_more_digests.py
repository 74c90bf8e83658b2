"""Digests over a run's doubts and over the lines of a bank's file."""

from django.db import migrations, models

from kaoji.platform.append_only import fixed, lifted

RUN = fixed(
    "benefits_run", "place_id", "programme", "month", "declaration_id", "resends_id",
    "due_on", "due_by_law", "due_reason", "is_invented", "made_at", "made_by_id",
)
ONCE = ("taken_at", "taken_by_id")
BEFORE = fixed(
    "benefits_bankfile", "run_id", "layout", "part", "sha256", "count", "fen", "sealed",
    "made_at", "made_by_id", once=ONCE,
)
FILE = fixed(
    "benefits_bankfile", "run_id", "layout", "part", "sha256", "count", "fen", "digest", "sealed",
    "made_at", "made_by_id", once=ONCE,
)


class Migration(migrations.Migration):
    dependencies = [("benefits", "0006_confirming_is_a_duty")]

    operations = [
        lifted(RUN),
        migrations.AddField(
            model_name="run",
            name="doubts_digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="疑点散列"),
        ),
        RUN,
        lifted(BEFORE),
        migrations.AddField(
            model_name="bankfile",
            name="digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="各行散列"),
        ),
        FILE,
    ]
