"""Evaluations by experts: their sheets, the report, the letter that tells of it, and the unit's reply."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from kaoji.platform.files.models import Document
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.rectification.models import Rectification
from kaoji.workflow.following import LEVEL_NAMES, REPLY_NAMES

_PERSON = settings.AUTH_USER_MODEL


class Evaluation(models.Model):
    """An evaluation that was commissioned: of which promise, by whom, by which frame, until when."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="evaluations")
    level = models.CharField("级次", max_length=12, choices=list(LEVEL_NAMES.items()))
    agency = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    frame = models.CharField("指标体系", max_length=60)
    combination = models.CharField("合成", max_length=16)
    experts: models.ManyToManyField[User, Any] = models.ManyToManyField(
        _PERSON, related_name="evaluations"
    )
    due_on = models.DateField("完成期限")
    commissioned_at = models.DateTimeField("时间")
    commissioned_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        ordering = ("-commissioned_at",)

    def __str__(self) -> str:
        return f"{self.declaration} {self.get_level_display()}"


class ExpertSheet(models.Model):
    """One expert's scores by point of the frame, with remarks; the latest of an expert counts."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="sheets")
    expert = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")
    scores = models.JSONField("评分")
    opinion = models.TextField("意见", blank=True)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2)
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家评分"
        ordering = ("evaluation", "-id")

    def __str__(self) -> str:
        return f"{self.expert} {self.total}"


class EvaluationReport(models.Model):
    """What an evaluation came to: the combined score, what was found and advised, the report."""

    evaluation = models.OneToOneField(Evaluation, models.PROTECT, related_name="report")
    scores = models.JSONField("合成得分")
    sheets = models.JSONField("所据评分")
    total = models.DecimalField("总分", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=4)
    findings = models.TextField("问题")
    advice = models.TextField("建议")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "评价报告"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.evaluation} {self.total}"


class EvaluationReply(models.Model):
    """What the evaluated unit says of a report, and what the evaluators answer; in the order of time."""

    report = models.ForeignKey(EvaluationReport, models.PROTECT, related_name="replies")
    kind = models.CharField("种类", max_length=8, choices=list(REPLY_NAMES.items()))
    text = models.TextField("内容")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "对评价报告的反馈"
        ordering = ("report", "id")

    def __str__(self) -> str:
        return f"{self.report} {self.get_kind_display()}"


class EvaluationFeedback(models.Model):
    """评价结果反馈书: the report told to the evaluated unit as a letter, with the demand that it opened."""

    report = models.OneToOneField(EvaluationReport, models.PROTECT, related_name="feedback")
    reference = models.CharField("文号", max_length=60)
    rectification = models.OneToOneField(Rectification, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "评价结果反馈书"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.reference


class AgencyContract(models.Model):
    """What was agreed with the third party that an evaluation was given to. *fee* is in yuan."""

    evaluation = models.OneToOneField(Evaluation, models.PROTECT, related_name="contract")
    number = models.CharField("合同编号", max_length=60)
    fee = models.DecimalField("服务费（元）", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = "委托合同"
        constraints = (
            models.CheckConstraint(
                name="a_fee_is_not_negative", condition=models.Q(fee__gte=0)
            ),
        )

    def __str__(self) -> str:
        return self.number


class IndependenceStatement(models.Model):
    """An expert of a third party declared, in these words, to be independent of what is evaluated."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="statements")
    expert = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")
    words = models.TextField("声明")
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "独立性声明"
        constraints = (
            models.UniqueConstraint(
                name="one_statement_per_expert", fields=("evaluation", "expert")
            ),
        )

    def __str__(self) -> str:
        return f"{self.expert} {self.evaluation}"


class AgencyAssessment(models.Model):
    """What the evaluated unit says of the third party's work: by criterion of a sheet the points, with reasons."""

    evaluation = models.OneToOneField(Evaluation, models.PROTECT, related_name="assessment")
    sheet = models.CharField("考核表", max_length=60)
    scores = models.JSONField("得分")
    total = models.DecimalField("总分", max_digits=5, decimal_places=2)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "第三方工作考核"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.evaluation} {self.total}"
