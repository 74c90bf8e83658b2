"""A form's way from draft to publication: each step by whom it belongs to, one event each."""

from __future__ import annotations

from itertools import product

import pytest
from django.contrib.auth.models import User

from kaoji.actions.answer_opinion import UnableToAnswer, answer_opinion
from kaoji.actions.close_opinion import close_opinion
from kaoji.actions.confirm_intake import confirm_intake
from kaoji.actions.give_opinion import UnableToComment, give_opinion
from kaoji.actions.import_document import import_document
from kaoji.actions.move_declaration import MoveRefused, move_declaration
from kaoji.actions.open_account import open_account
from kaoji.actions.permission import NotPermitted, UnableToAct
from kaoji.actions.record_form import UnableToRecord
from kaoji.records.event_log import story_of, verify_chain
from kaoji.records.models import Declaration, Event
from kaoji.workflow.moves import MOVES, Part, State
from people import NOON, PASSWORD, person

pytestmark = pytest.mark.django_db

SOUND = """项目: 农村公路养护
年度: 2023
类别: 经常性项目
主管部门: 乙
实施单位: 丙
总目标: 全区公路得到养护。
年度目标: 养护公路 35 公里。
产出指标 / 数量指标 / 养护里程: ≥ 35公里
产出指标 / 质量指标 / 验收合格率: ≥ 98%
产出指标 / 时效指标 / 修补时限: ≤ 3天
产出指标 / 成本指标 / 每公里成本: ≤ 3万元/公里
效益指标 / 社会效益指标 / 好路率: ≥ 92%
满意度指标 / 服务对象满意度指标 / 居民满意度: ≥ 90%
"""
ROLES = {Part.FILER: "填报人", Part.DEPARTMENT: "审核人", Part.FINANCE: "财政审核人"}


def put_on_record(text: str, user: User) -> Declaration:
    intake = import_document(text.encode(), name="x.txt", acting_user=user, now=NOON)
    [declaration] = confirm_intake(intake, form_numbers=[0], acting_user=user, now=NOON)
    return declaration


@pytest.fixture
def people() -> dict[Part, User]:
    names = {Part.FILER: "tian", Part.DEPARTMENT: "shen", Part.FINANCE: "cai"}
    return {
        part: open_account(
            names[part],
            role=role,
            full_name=role,
            password=PASSWORD,
            acting_user=None,
            now=NOON,
        )
        for part, role in ROLES.items()
    }


@pytest.fixture
def declaration(people: dict[Part, User]) -> Declaration:
    return put_on_record(SOUND, people[Part.FILER])


def make(declaration: Declaration, verb: str, user: User, reason: str = "") -> Declaration:
    declaration.refresh_from_db()
    return move_declaration(
        declaration, verb, revision=declaration.revision_count, reason=reason,
        acting_user=user, now=NOON,
    )  # fmt: skip


def test_the_whole_way_with_a_return_and_two_opinions(declaration, people):
    filer, department, finance = (people[part] for part in Part)
    make(declaration, "submit", filer)
    opinions = [
        give_opinion(declaration, field=field, place=place, text=text, acting_user=department, now=NOON)
        for field, place, text in (
            ("indicators[0].level3", "1 养护里程", "与去年相同，请说明"),
            ("annual_goal", "年度总目标", "请写明惠及多少人"),
        )
    ]  # fmt: skip
    make(declaration, "return", department, "请按意见修改")
    put_on_record(SOUND.replace("35 公里。", "35 公里，惠及 2 万人。"), filer)
    with pytest.raises(MoveRefused, match="2 条意见没有答复"):
        make(declaration, "submit", filer)
    for opinion in opinions:
        answer_opinion(opinion, answer="已改", acting_user=filer, now=NOON)
    make(declaration, "submit", filer)
    for opinion in opinions:
        close_opinion(opinion, acting_user=department, now=NOON)
    make(declaration, "forward", department)
    make(declaration, "approve", finance)
    held = make(declaration, "publish", finance)

    assert held.state == State.PUBLISHED
    assert (held.submitted_revision, held.approved_revision) == (2, 2)
    assert verify_chain() == Event.objects.count()
    told = [str(story_of(event)) for event in declaration.events.order_by("sequence")]
    assert told[1] == "提交了第 1 版"
    assert told[-1] == "公开了第 2 版"


def test_a_form_that_is_judged_cannot_be_written(declaration, people):
    filer = people[Part.FILER]
    make(declaration, "submit", filer)

    with pytest.raises(UnableToRecord, match="待主管部门审核"):
        put_on_record(SOUND.replace("35", "40"), filer)

    make(declaration, "recall", filer)
    put_on_record(SOUND.replace("35", "40"), filer)
    declaration.refresh_from_db()
    assert declaration.revision_count == 2


def test_nobody_moves_a_revision_that_they_have_not_seen(declaration, people):
    with pytest.raises(MoveRefused, match="请看过再"):
        move_declaration(
            declaration, "submit", revision=7, acting_user=people[Part.FILER], now=NOON
        )


def test_a_form_with_errors_is_not_submitted(people):
    bad = put_on_record(SOUND.replace("年度目标: 养护公路 35 公里。\n", ""), people[Part.FILER])

    with pytest.raises(MoveRefused, match="处错误"):
        make(bad, "submit", people[Part.FILER])


def test_who_wrote_the_form_cannot_judge_it(declaration):
    boss = person("管理员")
    mine = put_on_record(SOUND.replace("农村公路养护", "桥梁养护"), boss)
    make(mine, "submit", boss)

    for verb in ("forward", "return"):
        with pytest.raises(NotPermitted, match="不能审核"):
            make(mine, verb, boss, "x")


VERBS = sorted({move.verb for move in MOVES})


@pytest.mark.parametrize(("state", "part"), list(product(State, Part)))
def test_every_part_in_every_state_makes_its_moves_and_no_other(
    state: State, part: Part, declaration: Declaration, people: dict[Part, User]
):
    open_ones = {move.verb: move for move in MOVES if (move.source, move.part) == (state, part)}
    for verb in VERBS:
        Declaration.objects.filter(pk=declaration.pk).update(state=state, approved_revision=1)
        events = Event.objects.count()
        if verb in open_ones:
            held = make(declaration, verb, people[part], "有理由")
            assert held.state == open_ones[verb].target
            assert Event.objects.count() == events + 1
        else:
            with pytest.raises(UnableToAct):
                make(declaration, verb, people[part], "有理由")
            declaration.refresh_from_db()
            assert declaration.state == state
            assert Event.objects.count() == events


def test_opinions_are_given_only_while_it_is_ones_turn(declaration, people):
    def say_so(part: Part):
        return give_opinion(
            declaration,
            field="form",
            place="整份表",
            text="x",
            acting_user=people[part],
            now=NOON,
        )

    with pytest.raises(UnableToComment, match="不在审核中"):
        say_so(Part.DEPARTMENT)
    make(declaration, "submit", people[Part.FILER])
    for part in (Part.FILER, Part.FINANCE):
        with pytest.raises(NotPermitted):
            say_so(part)
    opinion = say_so(Part.DEPARTMENT)
    with pytest.raises(UnableToAnswer, match="已经提交"):
        answer_opinion(opinion, answer="好", acting_user=people[Part.FILER], now=NOON)
    with pytest.raises(NotPermitted):
        close_opinion(opinion, acting_user=people[Part.FILER], now=NOON)
