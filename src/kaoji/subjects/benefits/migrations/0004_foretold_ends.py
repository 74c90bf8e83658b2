"""Deaths and departures of people whom the office does not know yet are kept, by the hash of their number."""

from django.db import migrations, models

from kaoji.platform.append_only import append_only, lifted

LISTED = append_only("benefits_listrow")


class Migration(migrations.Migration):
    dependencies = [("benefits", "0003_payment_requests")]

    operations = [
        lifted(LISTED),
        migrations.AddField(
            model_name="listrow",
            name="on",
            field=models.DateField(null=True, verbose_name="日期"),
        ),
        migrations.AddField(
            model_name="listrow",
            name="received_on",
            field=models.DateField(null=True, verbose_name="收到日期"),
        ),
        migrations.AddIndex(
            model_name="listrow",
            index=models.Index(fields=["id_hash"], name="listed_by_number"),
        ),
        LISTED,
    ]
