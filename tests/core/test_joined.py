"""Several sentences in one line follow the language, and are stored like any other."""

from __future__ import annotations

from kaoji.core.speech import joined, kept, restored, say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.standards.languages import speaker


def test_a_list_has_the_marks_of_the_language():
    missing = say("发放补助的项目缺少：{missing}", missing=joined([say("标准"), say("及时率")]))

    assert speaker("zh")(missing) == "发放补助的项目缺少：标准、及时率"
    assert (
        speaker("en")(missing)
        == "A project that pays subsidies lacks: Standard, Timeliness rate"
    )
    assert speaker("en")(restored(kept(missing))) == speaker("en")(missing)


def test_a_goal_is_named_in_english_too():
    """The name of a goal is put into a finding as a sentence of its own, so that it is translated with it."""

    told = say("{goal}没有一个可衡量的数", goal=GOAL_NAMES["annual_goal"])

    assert speaker("zh")(told) == "年度目标没有一个可衡量的数"
    assert speaker("en")(told) == "Annual goal: there is no number that could be measured"
