"""What is being written. Not a matter of record: no event tells of it, and filing the form ends it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

LONGEST_NAME = 120


class Draft(models.Model):
    """What a person has typed into one form so far.

    *form* names the form and what it is about (`judge:5:general`); *content* lists the names of its fields with their
    texts, in the order of the page; *version* counts how often it was kept, so that no page writes over another's.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField("表单", max_length=LONGEST_NAME)
    content = models.JSONField("内容")
    version = models.PositiveIntegerField("第几次")
    kept_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        ordering = ("person", "-kept_at")
        constraints = (
            models.UniqueConstraint(
                name="one_draft_a_person_and_form", fields=("person", "form")
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.form}"
