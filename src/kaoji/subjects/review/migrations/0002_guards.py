"""What was said and approved stays; an opinion is closed once. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only, fixed


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]

    operations = [
        append_only("review_review"),
        fixed(
            "review_approvedform", "declaration_id", "revision_number", "project_name",
            "annual_total", "replaced_total", "reason", "approved_at", "approved_by_id",
            once=("letter_id",),
        ),
        fixed(
            "review_opinion", "declaration_id", "revision_number", "field", "place", "text",
            "given_at", "given_by_id", once=("closed_at", "closed_by_id"),
        ),
    ]
