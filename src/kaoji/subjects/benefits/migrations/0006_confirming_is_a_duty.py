"""Confirming a roster is a duty that goes with no other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0005_pay_days")]

    operations = [
        migrations.AlterField(
            model_name="dutydone",
            name="duty",
            field=models.CharField(
                choices=[
                    ("prepare", "经办"), ("confirm", "街镇确认"), ("check", "清查"),
                    ("review", "复核"), ("approve", "审批"), ("pay", "出纳"),
                ],
                max_length=8,
                verbose_name="职责",
            ),
        ),
    ]
