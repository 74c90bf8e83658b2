"""The database itself guards what was decided: who is who, what was approved, waived, opened, said."""

from django.db import migrations

from kaoji.records.append_only import append_only, fixed, not_replaced

_KEPT = (
    "records_event", "records_revision", "records_document", "records_actual",
    "records_spending", "records_selfevaluation", "records_review", "records_batch",
    "records_measure", "records_servicerecord", "records_survey", "records_surveycode",
    "records_surveyanswer", "records_monitoringperiod", "records_monitoringreport",
    "records_monitoringreview", "records_rectification", "records_rectificationstep",
    "records_rechecksample", "records_recheck", "records_evaluation", "records_expertsheet",
    "records_evaluationreport", "records_evaluationreply", "records_wholeplan",
    "records_wholedecision", "records_wholeevaluation", "records_approvalletter",
    "records_extension", "records_indicatorsheet", "records_evaluation_experts",
    "records_approvedform", "records_waiver", "records_appointment", "records_opinion",
    "records_accesskey", "records_organisation", "records_window", "records_override",
    "records_intake", "records_declaration", "auth_user",
)


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0021_reminders_once_a_day"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        append_only(
            "records_approvalletter", "records_extension", "records_indicatorsheet",
            "records_evaluation_experts",
        ),
        fixed(
            "records_approvedform", "declaration_id", "revision_number", "project_name",
            "annual_total", "replaced_total", "reason", "approved_at", "approved_by_id",
            once=("letter_id",),
        ),
        fixed(
            "records_waiver", "declaration_id", "rule", "place", "said", "reason", "until",
            "given_at", "given_by_id", once=("ended_at", "ended_by_id"),
        ),
        fixed(
            "records_appointment", "person_id", "place_id", "role", "agency_id", "since", "until",
            "made_at", "made_by_id", once=("ended_at", "ended_by_id"),
        ),
        fixed(
            "records_opinion", "declaration_id", "revision_number", "field", "place", "text",
            "given_at", "given_by_id", once=("closed_at", "closed_by_id"),
        ),
        fixed(
            "records_accesskey", "person_id", "name", "shown", "digest", "may_write",
            "expires_on", "made_at", once=("ended_at",),
        ),
        fixed("records_organisation", "kind", "parent_id", once=("path",)),
        fixed("records_window", "year", "stage", "place_id"),
        fixed("records_override", "kind", "subject", "region", may_go=True),
        fixed(
            "records_intake", "document_id", "opened_at", "opened_by_id", "original", "rows",
            once=("closed_at",),
        ),
        fixed("records_declaration", "organisation_id"),
        fixed("auth_user", "username", "is_superuser", "is_staff", "date_joined"),
        not_replaced(*_KEPT),
    ]
