"""Forms wait for the library to learn from them; entries wait to be summed up."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0023_who_is_where'),
    ]

    operations = [
        migrations.AddField(
            model_name='libraryentry',
            name='is_stale',
            field=models.BooleanField(default=False, verbose_name='待重新汇总'),
        ),
        migrations.AddIndex(
            model_name='libraryentry',
            index=models.Index(condition=models.Q(('is_stale', True)), fields=['id'], name='entries_to_sum_up'),
        ),
        migrations.CreateModel(
            name='LibraryBacklog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.declaration')),
            ],
            options={
                'verbose_name': '待学习的申报表',
                'verbose_name_plural': '待学习的申报表',
            },
        ),
    ]
