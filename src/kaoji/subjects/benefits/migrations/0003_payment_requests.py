"""What a run asks approval for is fixed person by person; accounts that came later are confirmed by a second person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kaoji.platform.append_only import append_only, fixed, lifted

RUN = fixed(
    "benefits_run", "place_id", "programme", "month", "declaration_id", "resends_id",
    "due_on", "is_invented", "made_at", "made_by_id",
)


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        lifted(RUN),
        migrations.AddField(
            model_name="run",
            name="asked_digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="送审散列"),
        ),
        RUN,
        migrations.CreateModel(
            name="AccountConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="依据")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                ("account", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="confirmation", to="benefits.payeeaccount")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"verbose_name": "账户核实", "verbose_name_plural": "账户核实"},
        ),
        migrations.CreateModel(
            name="PaymentRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("computation", models.PositiveSmallIntegerField(verbose_name="第几次计算")),
                ("fen", models.PositiveIntegerField(verbose_name="金额（分）")),
                ("months", models.JSONField(verbose_name="各月")),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="benefits.payeeaccount")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="benefits.person")),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="benefits.run")),
            ],
            options={
                "verbose_name": "支付申请",
                "verbose_name_plural": "支付申请",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("run", "computation", "person"), name="one_request_a_person"),
                    models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_request_is_something"),
                ],
            },
        ),
        append_only("benefits_accountconfirmation", "benefits_paymentrequest"),
    ]
