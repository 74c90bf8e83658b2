"""What shows an actual value: how each indicator is measured, and the rows that are counted.

Nothing here is changed. A correction is a later row that names the one it replaces.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaoji.measuring.catalogue import WAYS
from kaoji.measuring.ways.service_records import SERVICE_NAMES
from kaoji.records.models.kept import Declaration, Document
from kaoji.records.models.organised import Organisation

_PERSON = settings.AUTH_USER_MODEL
_LONGEST = 200


class Batch(models.Model):
    """Rows that came in together: a sheet and how its columns were read, or invented for a demo."""

    class Kind(models.TextChoices):
        """What the rows are."""

        SPENDINGS = "spendings", "预算执行"
        SERVICE_RECORDS = "service_records", "服务记录"
        ANSWERS = "answers", "答卷"

    kind = models.CharField("种类", max_length=16, choices=Kind.choices)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="batches")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    columns = models.JSONField("各列", default=dict)
    rows = models.PositiveIntegerField("行数", default=0)
    is_invented = models.BooleanField("虚构", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "成批录入"
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.made_at:%Y-%m-%d}"


class Measure(models.Model):
    """How an indicator is measured: a way by name, what it has to be told, milestones.

    The latest row of a place counts. *milestones* are pairs of day and cumulative number, for
    what is not done evenly over the year.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="measures")
    place = models.CharField("指标", max_length=500)
    title = models.CharField("名称", max_length=_LONGEST)
    way = models.CharField(
        "方式", max_length=20, choices=[(way.id, way.title) for way in WAYS.values()]
    )
    parameters = models.JSONField("参数", default=dict)
    milestones = models.JSONField("计划节点", default=list)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "指标的取值办法"
        ordering = ("declaration", "place", "-id")

    def __str__(self) -> str:
        return self.title


class ServiceRecord(models.Model):
    """One thing that was done: when, where, what, for how many; *replaces* names what it corrects.

    *due_on* is until when it had to be done, *passed* whether it stood a check; blank where the
    question does not arise. *withdrawn* takes the replaced row out without another in its place.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="service_records")
    kind = models.CharField("种类", max_length=16, choices=list(SERVICE_NAMES.items()))
    on = models.DateField("日期")
    subject = models.CharField("事项", max_length=_LONGEST)
    place = models.CharField("地点", max_length=_LONGEST, blank=True)
    people = models.PositiveIntegerField("人数", null=True)
    expected = models.PositiveIntegerField("应到", null=True)
    quantity = models.DecimalField("数量", max_digits=18, decimal_places=2, null=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    due_on = models.DateField("期限", null=True)
    passed = models.BooleanField("合格", null=True)
    note = models.TextField("备注", blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="service_records")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    withdrawn = models.BooleanField("撤销", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "服务记录"
        ordering = ("-on", "-id")
        indexes = (models.Index(fields=("declaration", "kind", "on"), name="services_of_kind"),)
        constraints = (
            models.CheckConstraint(
                name="a_quantity_is_not_negative",
                condition=models.Q(quantity__isnull=True) | models.Q(quantity__gte=0),
            ),
            models.CheckConstraint(
                name="what_is_withdrawn_was_there",
                condition=models.Q(withdrawn=False) | models.Q(replaces__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.subject}"


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
