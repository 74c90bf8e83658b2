"""What dashboards add up, kept until something of it changes."""

from __future__ import annotations

from django.db import models

from kaoji.platform.organisation.models import Organisation


class PlaceYear(models.Model):
    """The figures of one place in one year, kept until something of them changes.

    Whoever changes something raises *version*; *figures* hold while *computed* is the same.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveIntegerField("版本", default=1)
    computed = models.PositiveIntegerField("算到的版本", default=0)
    figures = models.JSONField("数", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "各单位各年的数"
        constraints = (
            models.UniqueConstraint(
                name="one_row_of_figures_per_place_and_year", fields=("organisation", "year")
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"
