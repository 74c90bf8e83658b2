"""What was received, found, decided, approved and answered stays. The database itself sees to it."""

from django.db import migrations

from kaoji.platform.append_only import append_only, fixed


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]

    operations = [
        append_only(
            "benefits_person", "benefits_receivedlist", "benefits_listrow", "benefits_fact",
            "benefits_payeeaccount", "benefits_item", "benefits_doubt", "benefits_doubtdecision",
            "benefits_confirmation", "benefits_leftout", "benefits_dutydone", "benefits_payment",
            "benefits_try", "benefits_returnfile", "benefits_returnline", "benefits_movement",
            "benefits_tally",
        ),
        fixed(
            "benefits_run", "place_id", "programme", "month", "declaration_id", "resends_id",
            "due_on", "is_invented", "made_at", "made_by_id",
        ),
        fixed(
            "benefits_bankfile", "run_id", "layout", "part", "sha256", "count", "fen", "sealed",
            "made_at", "made_by_id", once=("taken_at", "taken_by_id"),
        ),
    ]
