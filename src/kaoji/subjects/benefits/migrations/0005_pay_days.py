"""A pay day other than the law's has a reason."""

from django.db import migrations, models

from kaoji.platform.append_only import fixed, lifted

BEFORE = fixed(
    "benefits_run", "place_id", "programme", "month", "declaration_id", "resends_id",
    "due_on", "is_invented", "made_at", "made_by_id",
)
RUN = fixed(
    "benefits_run", "place_id", "programme", "month", "declaration_id", "resends_id",
    "due_on", "due_by_law", "due_reason", "is_invented", "made_at", "made_by_id",
)


class Migration(migrations.Migration):
    dependencies = [("benefits", "0004_foretold_ends")]

    operations = [
        lifted(BEFORE),
        migrations.AddField(
            model_name="run",
            name="due_by_law",
            field=models.DateField(null=True, verbose_name="规定的发放日"),
        ),
        migrations.AddField(
            model_name="run",
            name="due_reason",
            field=models.TextField(blank=True, verbose_name="改期理由"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_by_law__isnull", True))
                | models.Q(("due_reason", ""), _negated=True),
                name="another_pay_day_has_a_reason",
            ),
        ),
        RUN,
    ]
