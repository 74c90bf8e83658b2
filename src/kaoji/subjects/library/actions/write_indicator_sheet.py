"""Write down how an indicator is defined and measured: the next version of its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.library.models import IndicatorSheet, LibraryEntry
from kaoji.workflow.roles import MAY_WRITE_SHEETS

FIELDS = {
    "definition": "定义",
    "numerator": "分子",
    "denominator": "分母",
    "unit": "计量单位",
    "polarity": "方向",
    "data_source": "数据来源",
    "method": "取值方法",
    "frequency": "采集频率",
    "owner": "负责部门",
    "evidence": "佐证材料",
}
OPTIONAL = frozenset({"numerator", "denominator"})


class UnableToWrite(UnableToAct):
    """A part of the sheet is missing, or too long."""


def write_indicator_sheet(
    entry: LibraryEntry, *, parts: Mapping[str, str], acting_user: User, now: datetime
) -> IndicatorSheet:
    """Make the next version of the entry's sheet. Raises UnableToWrite, naming the part."""
    require(acting_user, MAY_WRITE_SHEETS)
    written = {name: parts.get(name, "").strip() for name in FIELDS}
    for name, title in FIELDS.items():
        if not written[name] and name not in OPTIONAL:
            raise UnableToWrite(say("请填写“{title}”", title=say(title)))
        most = getattr(IndicatorSheet._meta.get_field(name), "max_length", None)
        if most and len(written[name]) > most:
            raise UnableToWrite(say("“{title}”不能超过 {most} 字", title=say(title), most=most))
    with transaction.atomic():
        held = LibraryEntry.objects.select_for_update().get(pk=entry.pk)
        sheet = IndicatorSheet.objects.create(
            entry=held,
            number=held.sheets.count() + 1,
            made_at=now,
            made_by=acting_user,
            **written,
        )
        record_event(
            "sheet.written",
            at=now,
            actor=acting_user,
            payload={
                "entry": held.name,
                "level2": held.level2,
                "version": sheet.number,
                **written,
            },
            rows=[sheet],
        )
    return sheet
