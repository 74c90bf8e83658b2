"""Writing and judging a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import User

from kaoji.documents.editing import typed_of
from kaoji.samples import SONGJIANG_2023
from kaoji.standards.reviews import template_named
from kaoji.subjects.declarations.actions.edit_declaration import edit_declaration
from kaoji.subjects.declarations.actions.end_waiver import end_waiver
from kaoji.subjects.declarations.actions.learn_indicators import follow_records
from kaoji.subjects.declarations.actions.start_declaration import Identity, start_declaration
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.actions.waive_finding import waive_finding
from kaoji.subjects.declarations.models import Declaration, FindingRow, Waiver
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.discard_intake import discard_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.intake.actions.reopen_doubt import reopen_doubt
from kaoji.subjects.intake.actions.settle_doubt import settle_doubt
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.library.actions.write_indicator_sheet import FIELDS, write_indicator_sheet
from kaoji.subjects.library.models import LibraryEntry
from kaoji.subjects.review.actions.answer_opinion import answer_opinion
from kaoji.subjects.review.actions.close_opinion import close_opinion
from kaoji.subjects.review.actions.give_opinion import give_opinion
from kaoji.subjects.review.actions.write_review import write_review
from kaoji.subjects.review.models import Opinion
from kaoji.workflow.moves import State
from site_wide.acts.world import Action, World, act, doing, set_past_the_actions
from support.people import NOON
from support.road_form import FORM

DOUBTED = {"form_number": 1, "field": "indicators[5].level2"}


def opened(world: World, content: bytes) -> Intake:
    """An import that somebody opened."""
    return import_document(content, name="x.txt", acting_user=world.filer, now=NOON)


def by_opener(intake: Intake, action: Action, **more: object) -> Callable[[User], object]:
    """The action on an import that seems to have been opened by whoever does it."""

    def do(user: User) -> object:
        set_past_the_actions(intake, opened_by=user)
        return action(intake, **more, acting_user=user, now=NOON)

    return do


@act("导入申报表")
def _(world: World):
    text = FORM.replace("项目: 甲", "项目: 丁路").encode()

    def bring(user: User) -> None:
        intake = import_document(text, name="x.txt", acting_user=user, now=NOON)
        confirm_intake(intake, form_numbers=[0], acting_user=user, now=NOON)

    return bring


@act("确认存疑")
def _(world: World):
    intake = opened(world, SONGJIANG_2023.read_bytes())
    return by_opener(intake, settle_doubt, **DOUBTED, value="质量指标")


@act("重开存疑")
def _(world: World):
    intake = opened(world, SONGJIANG_2023.read_bytes())
    settle_doubt(intake, **DOUBTED, value="质量指标", acting_user=world.filer, now=NOON)
    return by_opener(intake, reopen_doubt, **DOUBTED)


@act("确认导入")
def _(world: World):
    intake = opened(world, FORM.replace("项目: 甲", "项目: 丁路").encode())
    return by_opener(intake, confirm_intake, form_numbers=[0])


@act("放弃导入")
def _(world: World):
    return by_opener(opened(world, FORM.encode()), discard_intake)


@act("新建申报表")
def _(world: World):
    identity = Identity(2027, world.unit, "桥梁检测", "shanghai-2026")
    return doing(start_declaration, identity, source=None)


@act("修改申报表")
def _(world: World):
    form = world.form_at_work()
    base = form.revisions.get(number=1)
    typed = typed_of(reading_of(base), ["annual_goal"])
    changed = type(typed)({**typed.cells, "annual_goal": "养护公路 36 公里。"}, typed.rows)
    return doing(edit_declaration, form, changed, base=base, seen=1)


def opinion_on(world: World, form: Declaration, **more: object) -> Opinion:
    """A reviewer's opinion that stands on record."""
    return Opinion.objects.create(
        declaration=form, revision_number=1, field="annual_goal", place="年度总目标",
        text="请细化", given_at=NOON, given_by=world.finance, **more,
    )  # fmt: skip


for _name, _state in (
    ("单位审核", State.PREPARED),
    ("主管部门审核", State.SUBMITTED),
    ("财政审核", State.FORWARDED),
):

    @act(f"{_name}时提意见")
    def _(world: World, state: State = _state):
        said = {"field": "annual_goal", "place": "年度总目标", "text": "请细化"}
        return doing(give_opinion, world.form_at_work(state), **said)

    @act(f"{_name}时填审核表")
    def _(world: World, state: State = _state):
        sheet = {"revision": 1, "answers": {}, "grade": "优"}
        return doing(
            write_review, world.form_at_work(state), template_named("general-2015"), **sheet
        )


@act("答复意见")
def _(world: World):
    opinion = opinion_on(world, world.form_at_work(State.RETURNED))
    return doing(answer_opinion, opinion, answer="已细化")


@act("关闭意见")
def _(world: World):
    opinion = opinion_on(world, world.form_at_work(State.RETURNED))
    return doing(close_opinion, opinion)


@act("豁免错误")
def _(world: World):
    form = world.form_at_work()
    finding = FindingRow.objects.filter(revision__declaration=form, outcome="found").first()
    until = date(2026, 12, 31)
    return doing(waive_finding, form, finding=finding, reason="已核实", until=until)


@act("终止豁免")
def _(world: World):
    waiver = Waiver.objects.create(
        declaration=world.form_at_work(), rule="KJ307", place="总目标", said="0", reason="已核实",
        until=date(2026, 12, 31), given_at=NOON, given_by=world.finance,
    )  # fmt: skip
    return doing(end_waiver, waiver)


@act("写指标说明")
def _(world: World):
    follow_records()
    entry = LibraryEntry.objects.first()
    return doing(write_indicator_sheet, entry, parts=dict.fromkeys(FIELDS, "甲"))
