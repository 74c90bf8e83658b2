"""The database itself refuses to change or delete what proves a result, and what was said of it."""

from django.db import migrations

from kaoji.records.append_only import append_only, guarded_again


class Migration(migrations.Migration):
    dependencies = [("records", "0012_proof_through_the_year")]

    operations = [
        guarded_again("records_actual", "records_spending"),
        append_only(
            "records_batch",
            "records_measure",
            "records_servicerecord",
            "records_survey",
            "records_surveycode",
            "records_surveyanswer",
            "records_monitoringperiod",
            "records_monitoringreport",
            "records_monitoringreview",
            "records_rectification",
            "records_rectificationstep",
            "records_rechecksample",
            "records_recheck",
            "records_evaluation",
            "records_expertsheet",
            "records_evaluationreport",
            "records_wholeplan",
            "records_wholedecision",
            "records_wholeevaluation",
        ),
    ]
