"""Files wait on a tray to be read; an intake keeps its first reading and its rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def _first_readings(apps, editor):
    apps.get_model("records", "Intake").objects.update(original=F("reading"))


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0019_replies_to_an_evaluation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='intake',
            name='original',
            field=models.JSONField(default=dict, verbose_name='最初的读取结果'),
        ),
        migrations.AddField(
            model_name='intake',
            name='rows',
            field=models.JSONField(null=True, verbose_name='原文各行'),
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('document', '申报表'), ('spendings', '预算执行'), ('services', '服务记录'), ('answers', '答卷'), ('roster', '机构与人员')], max_length=12, verbose_name='用途')),
                ('state', models.CharField(choices=[('waiting', '等待读取'), ('reading', '正在读取'), ('read', '已读取'), ('refused', '不能读取')], db_index=True, default='waiting', max_length=8, verbose_name='状态')),
                ('name', models.CharField(max_length=255, verbose_name='文件名')),
                ('content', models.BinaryField(verbose_name='内容')),
                ('asked', models.JSONField(default=dict, verbose_name='随附')),
                ('result', models.JSONField(null=True, verbose_name='读取结果')),
                ('refusal', models.JSONField(null=True, verbose_name='不能读取的原因')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '待读取的文件',
                'verbose_name_plural': '待读取的文件',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='PagePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.PositiveIntegerField(verbose_name='页')),
                ('picture', models.BinaryField(verbose_name='图片')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='records.document')),
            ],
            options={
                'verbose_name': '页面图片',
                'verbose_name_plural': '页面图片',
                'constraints': [models.UniqueConstraint(fields=('document', 'page'), name='one_picture_per_page')],
            },
        ),
        migrations.RunPython(_first_readings, migrations.RunPython.noop),
    ]
