"""The list of declarations as a file, as it was filtered and sorted."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from kaoji.core.speech import say
from kaoji.platform.ui import saying
from kaoji.platform.ui.tables_out import table_file
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.listing import rows_of
from kaoji.workflow.moves import STATE_NAMES, State
from kaoji.workflow.roles import MAY_VIEW

MOST_IN_A_FILE = 50_000
_HEAD = (
    gettext_noop("年度"), gettext_noop("项目"), gettext_noop("实施单位"), gettext_noop("项目类别"),
    gettext_noop("状态"), gettext_noop("年度资金（元）"), gettext_noop("指标"), gettext_noop("可衡量"),
    gettext_noop("存疑"), gettext_noop("错误"), gettext_noop("提醒"),
)  # fmt: skip


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def export(request: HttpRequest, form: str) -> HttpResponse:
    """What the list shows on all its pages, as CSV or Excel."""
    found = rows_of(request.GET, cast("User", request.user))
    if found.count() > MOST_IN_A_FILE:
        saying.tell(
            request, say("超过 {most} 份，一个文件放不下；请先筛选", most=MOST_IN_A_FILE)
        )
        return redirect(f"{reverse('declarations')}?{request.GET.urlencode()}")
    title = f"{_('绩效目标申报表')} {localdate():%Y-%m-%d}"
    return table_file(form, title, [_(name) for name in _HEAD], map(_row, found.iterator()))


def _row(item: Declaration) -> tuple[object, ...]:
    return (
        item.year,
        item.project_name,
        item.implementing_unit,
        item.project_category,
        _(STATE_NAMES[State(item.state)]),
        item.annual_total,
        item.indicators,
        item.measurable,
        item.doubts,
        item.open_errors,
        item.open_warnings,
    )
