"""What the bank paid besides is kept, decided on, and noted when it comes back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kaoji.platform.append_only import append_only, lifted

RETURNED = append_only("benefits_returnfile")


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0007_more_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="movement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("allot", "下达额度"),
                    ("draw", "国库拨付"),
                    ("carry", "结转"),
                    ("accrue", "计提"),
                    ("cancel", "核减"),
                    ("send", "报盘"),
                    ("credit", "到账"),
                    ("fail", "失败"),
                    ("return", "退票"),
                    ("settle_town", "街镇缴付"),
                    ("clear", "年终清算"),
                    ("overpay", "银行多付"),
                    ("claim", "追缴立项"),
                    ("recover", "收回"),
                    ("offset", "抵扣"),
                    ("write_off", "核销"),
                    ("owe", "应缴财政"),
                    ("surrender", "缴回国库"),
                    ("fund_reserve", "拨备用金"),
                    ("interest", "备用金利息"),
                    ("confirm_meals", "确认结算单"),
                    ("pay_canteen", "划转"),
                    ("fail_canteen", "划转失败"),
                ],
                max_length=16,
                verbose_name="种类",
            ),
        ),
        lifted(RETURNED),
        migrations.AddField(
            model_name="returnfile",
            name="word",
            field=models.TextField(blank=True, default="", verbose_name="银行确认的依据"),
            preserve_default=False,
        ),
        RETURNED,
        migrations.CreateModel(
            name="Overpayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="行")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("twice", "首发与重发都到账"),
                            ("late", "已不应发放的又到账"),
                            ("more", "到账多于报盘"),
                            ("again", "同一笔又到账一次"),
                            ("unknown", "不是我们报盘的"),
                        ],
                        max_length=8,
                        verbose_name="情形",
                    ),
                ),
                ("fen", models.PositiveIntegerField(verbose_name="多付（分）")),
                ("said", models.PositiveIntegerField(verbose_name="该行金额（分）")),
                ("months", models.JSONField(verbose_name="各月")),
                ("on", models.DateField(verbose_name="日期")),
                ("reference", models.CharField(blank=True, max_length=40, verbose_name="参考号")),
                ("reference_hash", models.CharField(blank=True, max_length=64, verbose_name="参考号校验值")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overpayments",
                        to="benefits.try",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overpayments",
                        to="benefits.returnfile",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overpayments",
                        to="benefits.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "银行多付",
                "verbose_name_plural": "银行多付",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="OverpaymentDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "debtor",
                    models.CharField(
                        choices=[("payee", "向收款人追回"), ("bank", "由银行追回或赔付")],
                        max_length=8,
                        verbose_name="向谁追回",
                    ),
                ),
                ("reason", models.TextField(verbose_name="理由")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "overpayment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="benefits.overpayment",
                    ),
                ),
            ],
            options={
                "verbose_name": "多付的决定",
                "verbose_name_plural": "多付的决定",
            },
        ),
        migrations.CreateModel(
            name="Regained",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("reversed", "银行冲回"), ("recovered", "收回")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("fen", models.PositiveIntegerField(verbose_name="金额（分）")),
                ("months", models.JSONField(verbose_name="各月")),
                ("on", models.DateField(verbose_name="日期")),
                ("line", models.PositiveIntegerField(null=True, verbose_name="行")),
                ("said", models.PositiveIntegerField(null=True, verbose_name="该行金额（分）")),
                ("paper", models.TextField(blank=True, verbose_name="凭据")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regained",
                        to="benefits.returnfile",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "overpayment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regained",
                        to="benefits.overpayment",
                    ),
                ),
            ],
            options={
                "verbose_name": "多付的收回",
                "verbose_name_plural": "多付的收回",
                "ordering": ("id",),
            },
        ),
        migrations.AddConstraint(
            model_name="overpayment",
            constraint=models.UniqueConstraint(fields=("file", "line", "why"), name="one_overpayment_a_line"),
        ),
        migrations.AddConstraint(
            model_name="overpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("fen__gt", 0)), name="an_overpayment_is_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="overpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answers__isnull", True), ("why", "unknown")),
                    models.Q(models.Q(("why", "unknown"), _negated=True), ("answers__isnull", False)),
                    _connector="OR",
                ),
                name="only_what_nobody_sent_answers_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="regained",
            constraint=models.CheckConstraint(
                condition=models.Q(("fen__gt", 0)), name="what_comes_back_is_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="regained",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("file__isnull", False),
                        ("how", "reversed"),
                        ("line__isnull", False),
                        ("said__isnull", False),
                    ),
                    models.Q(
                        ("file__isnull", True),
                        ("how", "recovered"),
                        ("line__isnull", True),
                        ("said__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="what_the_bank_takes_back_stands_in_a_file",
            ),
        ),
        append_only("benefits_overpayment", "benefits_overpaymentdecision", "benefits_regained"),
    ]
