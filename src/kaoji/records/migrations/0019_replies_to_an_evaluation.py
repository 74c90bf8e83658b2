"""The evaluated unit is heard; what was said stays."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kaoji.records.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0018_sorted_with_blanks_last'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvaluationReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accept', '无异议'), ('object', '有异议'), ('answer', '答复')], max_length=8, verbose_name='种类')),
                ('text', models.TextField(verbose_name='内容')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='records.evaluationreport')),
            ],
            options={
                'verbose_name': '对评价报告的反馈',
                'verbose_name_plural': '对评价报告的反馈',
                'ordering': ('report', 'id'),
            },
        ),
        append_only("records_evaluationreply"),
    ]
