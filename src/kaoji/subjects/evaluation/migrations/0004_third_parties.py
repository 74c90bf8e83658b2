"""Third parties: what was agreed with them, their experts' statements, how they worked. All of it stays."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kaoji.platform.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0003_feedback'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(max_length=60, verbose_name='考核表')),
                ('scores', models.JSONField(verbose_name='得分')),
                ('total', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='总分')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='assessment', to='evaluation.evaluation')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '第三方工作考核',
                'verbose_name_plural': '第三方工作考核',
                'ordering': ('-made_at',),
            },
        ),
        migrations.CreateModel(
            name='AgencyContract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, verbose_name='合同编号')),
                ('fee', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='服务费（元）')),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contract', to='evaluation.evaluation')),
            ],
            options={
                'verbose_name': '委托合同',
                'verbose_name_plural': '委托合同',
                'constraints': [models.CheckConstraint(condition=models.Q(('fee__gte', 0)), name='a_fee_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='IndependenceStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(verbose_name='声明')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='evaluation.evaluation')),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '独立性声明',
                'verbose_name_plural': '独立性声明',
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'expert'), name='one_statement_per_expert')],
            },
        ),
        append_only(
            "evaluation_agencycontract", "evaluation_independencestatement",
            "evaluation_agencyassessment",
        ),
    ]
