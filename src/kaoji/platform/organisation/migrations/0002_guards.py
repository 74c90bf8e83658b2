"""A place keeps its kind and where it stands; an appointment only ends. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import fixed


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        fixed("organisation_organisation", "kind", "parent_id", once=("path",)),
        fixed(
            "organisation_appointment", "person_id", "place_id", "role", "agency_id", "since",
            "until", "made_at", "made_by_id", once=("ended_at", "ended_by_id"),
        ),
    ]
