"""A reminder is told once a day, and goes out once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0020_files_are_read_aside'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='mailed_at',
            field=models.DateTimeField(null=True, verbose_name='邮件发出'),
        ),
        migrations.AddField(
            model_name='notice',
            name='topic',
            field=models.CharField(blank=True, max_length=40, verbose_name='事由'),
        ),
    ]
