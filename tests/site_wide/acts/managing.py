"""Letters, windows, rules, places, people."""

from __future__ import annotations

from datetime import date

from kaoji.platform.accounts.actions.change_account import change_password, set_active
from kaoji.platform.accounts.actions.import_roster import import_roster
from kaoji.platform.accounts.actions.open_account import open_account
from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.change_organisation import change_organisation
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.actions.register_organisation import register_organisation
from kaoji.platform.organisation.actions.set_letterhead import set_letterhead
from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.platform.webhooks.actions.end_receiver import end_receiver
from kaoji.platform.webhooks.actions.open_receiver import open_receiver
from kaoji.platform.webhooks.actions.send_again import send_again
from kaoji.platform.webhooks.actions.send_test import send_test
from kaoji.platform.webhooks.models import Delivery, Receiver
from kaoji.subjects.approval.actions.issue_letter import issue_letter, waiting_for_a_letter
from kaoji.subjects.rulebook.actions.override_rule import override_rule, restore_rule
from kaoji.subjects.rulebook.models import Override
from kaoji.subjects.windows.actions.extend_window import extend_window
from kaoji.subjects.windows.actions.set_window import set_window
from kaoji.subjects.windows.models import Window
from kaoji.workflow.moves import Stage
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import Role
from site_wide.acts.world import World, act, doing
from support.people import LONG_AGO, NOON, PASSWORD, account, person

OTHERWISE = {
    "kind": "severity",
    "subject": "KJ301",
    "region": "",
    "value": "error",
    "reason": "本区规定",
}
OPEN = {"opens_on": date(2026, 11, 1), "closes_on": date(2026, 11, 20)}
ROSTER = """机构,种类,上级机构,单位编码,账号,姓名,角色,自,至,初始密码
隧道所,预算单位,{head},101003,sui,隋,填报,2026-01-01,,a long enough secret
"""


@act("设申报窗口")
def _(world: World):
    return doing(set_window, 2023, Stage.DECLARE, world.head, **OPEN)


@act("延长窗口")
def _(world: World):
    window = Window.objects.create(
        year=2023, stage=Stage.DECLARE, place=world.head, set_at=NOON, set_by=world.finance,
        **OPEN,
    )  # fmt: skip
    until = date(2026, 12, 1)
    return doing(extend_window, window, world.unit, until=until, reason="停电")


@act("印发批复")
def _(world: World):
    keys = [item.pk for item in waiting_for_a_letter(world.head)]
    return doing(issue_letter, world.head, approvals=keys, reference="松财 1 号")


@act("另定规则")
def _(world: World):
    return doing(override_rule, **OTHERWISE)


@act("恢复规则")
def _(world: World):
    made = Override.objects.create(**OTHERWISE, set_at=NOON, set_by=world.finance)
    return doing(restore_rule, made)


@act("登记单位")
def _(world: World):
    return doing(register_organisation, "隧道所", kind=PlaceKind.UNIT, parent=world.head)


@act("更改单位")
def _(world: World):
    changed = {"code": "101009", "reviews_first": True, "closed_on": None}
    return doing(change_organisation, world.unit, **changed)


@act("定抬头")
def _(world: World):
    return doing(set_letterhead, Organisation.objects.get(pk=world.unit.lineage[0]))


@act("任命")
def _(world: World):
    return doing(appoint, account("xin"), Role.FILER, world.unit, since=date(2026, 11, 1))


@act("终止任命")
def _(world: World):
    made = appoint(
        account("xin"), Role.FILER, world.unit, since=LONG_AGO, acting_user=None, now=NOON
    )
    return doing(end_appointment, Appointment.objects.get(pk=made.pk))


@act("开立账号")
def _(world: World):
    return doing(open_account, "xin", full_name="新", password=PASSWORD)


@act("停用账号")
def _(world: World):
    return doing(set_active, person("填报", "xin", world.unit), active=False)


@act("重设密码")
def _(world: World):
    somebody = person("填报", "xin", world.unit)
    return doing(change_password, somebody, password="another long secret")


@act("导入人员名册")
def _(world: World):
    sheet = ROSTER.format(head=world.head.name).encode()
    return doing(import_roster, sheet, name="名册.csv")


def _receiver(world: World) -> Receiver:
    return Receiver.objects.create(
        place=world.unit, name="数据平台", address="https://93.184.216.34/", made_at=NOON,
        choices=["declaration.submit"], made_by=world.finance,
    )  # fmt: skip


@act("开设推送")
def _(world: World):
    given = {"address": "https://93.184.216.34/", "choices": ["declaration.submit"]}
    return doing(open_receiver, world.unit, "数据平台", **given)


@act("停用推送")
def _(world: World):
    return doing(end_receiver, _receiver(world))


@act("再送推送")
def _(world: World):
    made = Delivery.objects.create(
        receiver=_receiver(world), message="msg_0001", type="declaration.submit", body="{}",
        made_at=NOON, since=NOON, due_at=NOON, state="given_up", ended_at=NOON,
    )  # fmt: skip
    return doing(send_again, made)


@act("试送推送")
def _(world: World):
    return doing(send_test, _receiver(world))
