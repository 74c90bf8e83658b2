"""A second person confirms that a bank did not take a file: the cashier's word is a row of its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0010_birth_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RefusalReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="银行的说法")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refusal_report",
                        to="benefits.bankfile",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "退盘登记", "verbose_name_plural": "退盘登记"},
        ),
        migrations.AlterField(
            model_name="filerefusal",
            name="reason",
            field=models.TextField(verbose_name="核实的依据"),
        ),
        append_only("benefits_refusalreport"),
    ]
