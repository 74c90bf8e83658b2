"""Questions and answers stay. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        append_only(
            "surveys_survey", "surveys_surveycode", "surveys_surveyanswer", "surveys_surveylook"
        ),
    ]
