"""A month of birth that was told wrong is corrected by a list of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0009_refused_files"),
    ]

    operations = [
        migrations.AlterField(
            model_name="receivedlist",
            name="kind",
            field=models.CharField(
                choices=[
                    ("grants", "享受待遇名单"),
                    ("deaths", "死亡名单"),
                    ("left", "迁出名单"),
                    ("entitled", "应享名单"),
                    ("births", "出生更正名单"),
                ],
                max_length=8,
                verbose_name="种类",
            ),
        ),
    ]
