"""Many forms of an intake are saved in a process of its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0024_the_library_learns_aside'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '等待保存'), ('saving', '正在保存'), ('saved', '已保存'), ('refused', '没有全部保存')], default='waiting', max_length=8, verbose_name='状态')),
                ('form_numbers', models.JSONField(verbose_name='选定的表')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='已办')),
                ('saved', models.PositiveIntegerField(default=0, verbose_name='已保存')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='次数')),
                ('refusal', models.JSONField(null=True, verbose_name='没有保存的原因')),
                ('asked_at', models.DateTimeField(verbose_name='时间')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('intake', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='confirmation', to='records.intake')),
            ],
            options={
                'verbose_name': '待保存的导入',
                'verbose_name_plural': '待保存的导入',
            },
        ),
    ]
