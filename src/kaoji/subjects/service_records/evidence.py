"""Services as evidence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kaoji.measuring.answer import Row
from kaoji.measuring.ways.service_records import SERVICE_NAMES
from kaoji.platform.imports.evidence import Evidence
from kaoji.subjects.service_records.models import ServiceRecord

_FIGURES = (("people", "人数"), ("expected", "应到"), ("due_on", "期限"))


def told(row: Row) -> tuple[str, str]:
    """What was done for whom; where, how many, in time, and whether it passed."""
    says = row.says
    parts = [says["place"]]
    parts += [
        f"{_(caption)} {says[name]}" for name, caption in _FIGURES if says[name] is not None
    ]
    if says["quantity"] is not None:
        parts.append(f"{says['quantity']} {says['unit']}")
    if says["passed"] is not None:
        parts.append(_("合格") if says["passed"] else _("不合格"))
    kind = _(SERVICE_NAMES[says["kind"]])
    return f"{kind} · {says['subject']}", " · ".join(filter(None, parts))


EVIDENCE = {"service_records": Evidence(ServiceRecord, told)}
