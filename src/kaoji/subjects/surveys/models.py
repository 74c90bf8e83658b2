"""Questionnaires and their answers; who answered is not kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaoji.platform.imports.models import Batch
from kaoji.subjects.declarations.models import Declaration

_PERSON = settings.AUTH_USER_MODEL
_LONGEST = 200


class Survey(models.Model):
    """A set of questions put to the people served: by link and QR code, by code, or on paper.

    *questions* are `{"id", "text", "kind"}`, kind `scale` (1 to 5), `choice` (with its `choices`) or `text`. With a
    *sample_size* the frame is the numbers 1 to *population*, drawn with *seed*: whoever has the
    seed draws the same numbers.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="surveys")
    title = models.CharField("标题", max_length=_LONGEST)
    audience = models.CharField("调查对象", max_length=_LONGEST)
    questions = models.JSONField("题目")
    main_question = models.CharField("总体满意的一题", max_length=20)
    opens_on = models.DateField("开始")
    closes_on = models.DateField("截止")
    minimum = models.PositiveIntegerField("最低样本量")
    population = models.PositiveIntegerField("总体人数", null=True)
    sample_size = models.PositiveIntegerField("抽样人数", null=True)
    seed = models.CharField("随机种子", max_length=64, blank=True)
    token = models.CharField("链接", max_length=32, unique=True)
    is_open_to_all = models.BooleanField("公开链接", default=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "问卷"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="survey_closes_after_it_opens",
                condition=models.Q(closes_on__gte=models.F("opens_on")),
            ),
        )

    def __str__(self) -> str:
        return self.title


class SurveyCode(models.Model):
    """A number that was drawn, and the code by which its bearer answers once."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="codes")
    number = models.PositiveIntegerField("抽中的序号")
    code = models.CharField("答题码", max_length=16, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "答题码"
        ordering = ("survey", "number")
        constraints = (
            models.UniqueConstraint(name="one_code_per_number", fields=("survey", "number")),
        )

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"


class SurveyLook(models.Model):
    """That a person looked at what came in by an open link, up to an answer: before that it proves nothing."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="looks")
    last_answer = models.PositiveBigIntegerField("看到的最后一份")
    answers = models.PositiveIntegerField("份数")
    remark = models.TextField("说明", blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "答卷的查看"
        ordering = ("survey", "-id")

    def __str__(self) -> str:
        return f"{self.survey} {self.answers}"


class SurveyAnswer(models.Model):
    """One questionnaire that came back. Who answered is not kept."""

    class Channel(models.TextChoices):
        """How it came back."""

        LINK = "link", _("公开链接")
        CODE = "code", _("答题码")
        PAPER = "paper", _("纸质录入")

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="given")
    code = models.OneToOneField(SurveyCode, models.PROTECT, null=True, related_name="answer")
    channel = models.CharField("渠道", max_length=6, choices=Channel.choices)
    on = models.DateField("日期")
    answers = models.JSONField("答案")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="answers")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "答卷"
        ordering = ("survey", "id")

    def __str__(self) -> str:
        return f"{self.survey} {self.on}"
