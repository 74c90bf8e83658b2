"""Surveys: the answers to one question of a questionnaire, with the interval that they leave open.

A scale runs from 1 to 5; 4 and 5 are satisfied. The share of the satisfied comes with its Wilson
interval, the mean (5 is 100 %) with the normal one, both at 95 %. Of choices the share of those who chose one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.core.target import Op
from kaoji.measuring.answer import Answer, Parameter, Question, Row, Unanswerable, Way
from kaoji.measuring.intervals import of_mean, wilson
from kaoji.measuring.values import plain, share_of
from kaoji.measuring.ways.service_records import (
    TIER_PARAMETERS,
    choices,
    judged_share,
    refuse_tiers,
)
from kaoji.scoring.admissible import takes_number
from kaoji.scoring.explained_score import rounded

SURVEYS, ANSWERS = "surveys", "survey_answers"
RESULT_NAMES = {
    "satisfied": "满意的比例",
    "mean": "平均分（折百）",
    "chosen": "选某一项的比例",
}
_SATISFIED, _BEST = 4, 5
_AT_MOST = {Op.AT_MOST, Op.BELOW}
_MARKS = frozenset({"1", "2", "3", "4", "5"})


def _answer(question: Question, rows: Iterable[Row]) -> Answer:
    rows, asked = list(rows), question.parameters
    survey = next(
        (
            row
            for row in rows
            if row.table == SURVEYS and str(row.id) == str(asked.get("survey"))
        ),
        None,
    )
    if survey is None:
        raise Unanswerable(say("没有这份问卷"))
    about = str(asked.get("question") or survey.says["main_question"])
    given = [
        row
        for row in rows
        if row.table == ANSWERS
        and row.says["survey"] == survey.id
        and row.on <= question.as_of
        and _counts(row.says["answers"].get(about), asked)
    ]
    if not given:
        raise Unanswerable(
            say(
                "“{title}”截至 {day} 还没有答卷", title=survey.says["title"], day=question.as_of
            )
        )
    answers = [str(row.says["answers"][about]) for row in given]
    share, low, high = _result(answers, asked)
    steps = [
        say(
            "“{title}”截至 {day} 有效答卷 {count} 份，{result} {share}%",
            title=survey.says["title"],
            day=question.as_of,
            count=len(answers),
            result=_named(asked),
            share=plain(share),
        ),
        say("95% 置信区间 {low}%—{high}%", low=f"{low:.1f}", high=f"{high:.1f}"),
    ]
    value, judged = judged_share(question, share)
    warnings = tuple(_warnings(survey, given, question, (low, high)))
    return Answer(value, (survey, *given), (*steps, *judged), warnings, share)


def _counts(answer: object, asked: Mapping[str, Any]) -> bool:
    """Is it an answer of the kind that is asked about?"""
    return bool(answer) if asked.get("result") == "chosen" else str(answer) in _MARKS


def _named(asked: Mapping[str, Any]) -> Sentence:
    result = asked.get("result", "satisfied")
    if result == "chosen":
        return say("选“{choice}”的", choice=asked.get("choice", ""))
    return say(RESULT_NAMES[result])


def _result(answers: list[str], asked: Mapping[str, Any]) -> tuple[Decimal, float, float]:
    """The share or mean in percent, and its interval."""
    result = asked.get("result", "satisfied")
    if result == "chosen":
        return _share(sum(answer == asked.get("choice") for answer in answers), len(answers))
    marks = [int(answer) for answer in answers]
    if result == "mean":
        low, high = of_mean([mark / _BEST * 100 for mark in marks])
        return (
            rounded(Decimal(sum(marks)) / len(marks) / _BEST * 100),
            max(low, 0),
            min(high, 100),
        )
    return _share(sum(mark >= _SATISFIED for mark in marks), len(marks))


def _share(part: int, whole: int) -> tuple[Decimal, float, float]:
    return share_of(Decimal(part), Decimal(whole)), *wilson(part, whole)


def _warnings(
    survey: Row, given: list[Row], question: Question, interval: tuple[float, float]
) -> Iterable[Sentence]:
    least, sample = survey.says["minimum"], survey.says.get("sample_size")
    if len(given) < least:
        yield say(
            "有效答卷 {count} 份，少于最低样本量 {least} 份，结果不可靠",
            count=len(given),
            least=least,
        )
    if sample:
        drawn = sum(row.says["channel"] != "link" for row in given)
        yield say(
            "抽样 {sample} 人，回收 {count} 份，回收率 {share}%",
            sample=sample,
            count=drawn,
            share=plain(rounded(Decimal(drawn) / sample * 100)),
        )
    target, (low, high) = question.target, interval
    if not takes_number(target) or target.value is None:
        return
    if target.op in _AT_MOST and high > target.value:
        yield say("区间上限高于目标 {target}，样本不足以断定已经达到", target=target.text)
    elif target.op not in _AT_MOST and low < target.value:
        yield say("区间下限低于目标 {target}，样本不足以断定已经达到", target=target.text)


def _refuse(asked: Mapping[str, Any]) -> Sentence | None:
    if not str(asked.get("survey", "")).isdigit():
        return say("请选择一份问卷")
    if asked.get("result", "satisfied") not in RESULT_NAMES:
        return say("请选择怎样统计")
    if asked.get("result") == "chosen" and not asked.get("choice"):
        return say("请写要统计哪一个选项")
    return refuse_tiers(asked)


SURVEY = Way(
    "survey",
    "问卷调查",
    (SURVEYS, ANSWERS),
    (
        Parameter("survey", "问卷", "survey"),
        Parameter("question", "题目", help="题目编号，如 q2；不写则用总体满意的一题"),
        Parameter("result", "统计", "choice", choices(RESULT_NAMES)),
        Parameter("choice", "选项", help="统计选某一项的比例时写，如 知道"),
        *TIER_PARAMETERS,
    ),
    _answer,
    _refuse,
)
