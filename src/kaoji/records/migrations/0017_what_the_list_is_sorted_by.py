"""What the list is sorted by stands in order."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0016_search_without_capitals'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='declaration',
            index=models.Index(fields=['project_name', 'id'], name='declarations_by_name'),
        ),
        migrations.AddIndex(
            model_name='declaration',
            index=models.Index(fields=['indicators', 'id'], name='declarations_by_indicators'),
        ),
        migrations.AddIndex(
            model_name='declaration',
            index=models.Index(fields=['doubts', 'id'], name='declarations_by_doubts'),
        ),
        migrations.AddIndex(
            model_name='declaration',
            index=models.Index(fields=['errors', 'id'], name='declarations_by_errors'),
        ),
        migrations.AddIndex(
            model_name='declaration',
            index=models.Index(fields=['warnings', 'id'], name='declarations_by_warnings'),
        ),
    ]
