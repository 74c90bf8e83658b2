"""The letter that tells an evaluated unit of its result. It stays."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0002_guards'),
        ('files', '0002_guards'),
        ('rectification', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvaluationFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, verbose_name='文号')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.document')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rectification', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rectification.rectification')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='evaluation.evaluationreport')),
            ],
            options={
                'verbose_name': '评价结果反馈书',
                'verbose_name_plural': '评价结果反馈书',
                'ordering': ('-made_at',),
            },
        ),
        append_only("evaluation_evaluationfeedback"),
    ]
