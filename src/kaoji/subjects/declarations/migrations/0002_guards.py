"""A revision is never changed; a waiver only ends; a form keeps its place. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only, fixed


class Migration(migrations.Migration):
    dependencies = [("declarations", "0001_initial")]

    operations = [
        append_only("declarations_revision"),
        fixed("declarations_declaration", "organisation_id"),
        fixed(
            "declarations_waiver", "declaration_id", "rule", "place", "said", "reason", "until",
            "given_at", "given_by_id", once=("ended_at", "ended_by_id"),
        ),
    ]
