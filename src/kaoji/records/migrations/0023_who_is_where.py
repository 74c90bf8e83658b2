"""Where people are signed in, their second factors sealed, and who looked at open answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kaoji.records.append_only import append_only, not_replaced


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0022_what_is_decided_is_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GivenPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(verbose_name='时间')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='given_password', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '待更改的密码',
                'verbose_name_plural': '待更改的密码',
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.CharField(max_length=200, verbose_name='密封的密钥')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='开启时间')),
                ('counter', models.BigIntegerField(default=-1, verbose_name='已用的计数')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='连错次数')),
                ('wait_until', models.DateTimeField(null=True, verbose_name='何时可再试')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_factor', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '两步验证',
                'verbose_name_plural': '两步验证',
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True, verbose_name='会话')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='地址')),
                ('browser', models.CharField(blank=True, max_length=200, verbose_name='浏览器')),
                ('began_at', models.DateTimeField(verbose_name='开始')),
                ('seen_at', models.DateTimeField(verbose_name='最近使用')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '登录',
                'verbose_name_plural': '登录',
                'ordering': ('-seen_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='SurveyLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_answer', models.PositiveBigIntegerField(verbose_name='看到的最后一份')),
                ('answers', models.PositiveIntegerField(verbose_name='份数')),
                ('remark', models.TextField(blank=True, verbose_name='说明')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='records.survey')),
            ],
            options={
                'verbose_name': '答卷的查看',
                'verbose_name_plural': '答卷的查看',
                'ordering': ('survey', '-id'),
            },
        ),
        migrations.CreateModel(
            name='EmergencyCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='emergency_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '应急码',
                'verbose_name_plural': '应急码',
                'constraints': [models.UniqueConstraint(fields=('person', 'digest'), name='one_row_per_code')],
            },
        ),
        append_only("records_surveylook"),
        not_replaced("records_surveylook"),
    ]
