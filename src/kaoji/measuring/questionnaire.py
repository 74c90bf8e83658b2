"""The questions of a survey as somebody writes them, one a line, and what answers them.

>>> question_in("您知道这项补贴吗？[知道|听说过|不知道]", 2)["choices"]
['知道', '听说过', '不知道']
>>> question_in("您有什么建议？[文字]", 3)["kind"]
'text'
>>> question_in("总的来说，您满意吗？", 1)["kind"]
'scale'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kaoji.core.speech import Sentence, say

MARKS = ("5", "4", "3", "2", "1")
_MOST_QUESTIONS, _LONGEST, _LONGEST_TEXT = 30, 200, 1_000
_FEWEST_CHOICES, _MOST_CHOICES, _LONGEST_CHOICE = 2, 12, 60
_BRACKETS = re.compile(r"^(.*?)\s*[\[［【]([^\[\]［］【】]+)[\]］】]\s*$")
_BARS = re.compile(r"[|｜]")
_TEXT = "文字"


class Unfit(ValueError):
    """A question that cannot be asked, or an answer that is none; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def question_in(line: str, number: int) -> dict[str, Any]:
    """A question: on the scale 1 to 5, or what its brackets say: choices, or free text.

    Raises Unfit.
    """
    if len(line) > _LONGEST + _MOST_CHOICES * (_LONGEST_CHOICE + 1) + 10:
        raise Unfit(say("标题、对象和每道题不超过 {most} 字", most=_LONGEST))
    parts = _BRACKETS.match(line.strip())
    text, inside = (parts[1], parts[2].strip()) if parts else (line.strip(), "")
    if _BARS.search(text):
        raise Unfit(
            say("“{question}”里有“|”，却不在行末的方括号里；选项请写成 [甲|乙]", question=text)
        )
    if not text or len(text) > _LONGEST:
        raise Unfit(say("标题、对象和每道题不超过 {most} 字", most=_LONGEST))
    asked: dict[str, Any] = {"id": f"q{number}", "text": text, "kind": "scale"}
    if inside == _TEXT:
        return {**asked, "kind": "text"}
    if inside:
        choices = [part.strip() for part in _BARS.split(inside)]
        return {**asked, "kind": "choice", "choices": _fit_choices(text, choices)}
    return asked


def _fit_choices(text: str, choices: list[str]) -> list[str]:
    if not _FEWEST_CHOICES <= len(choices) <= _MOST_CHOICES:
        raise Unfit(
            say(
                "“{question}”要有 {least} 到 {most} 个选项，用“|”隔开",
                question=text,
                least=_FEWEST_CHOICES,
                most=_MOST_CHOICES,
            )
        )
    if len(set(choices)) < len(choices) or not all(
        0 < len(choice) <= _LONGEST_CHOICE for choice in choices
    ):
        raise Unfit(
            say(
                "“{question}”的选项不能空白、重复，每项不超过 {most} 字",
                question=text,
                most=_LONGEST_CHOICE,
            )
        )
    return choices


def questions_in(lines: Sequence[str]) -> list[dict[str, Any]]:
    """All questions; the first is the main one, on the scale. Raises Unfit."""
    written = [line for line in lines if line.strip()]
    if not written:
        raise Unfit(say("请至少写一道题"))
    if len(written) > _MOST_QUESTIONS:
        raise Unfit(say("题目不超过 {most} 道", most=_MOST_QUESTIONS))
    asked = [question_in(line, number) for number, line in enumerate(written, start=1)]
    if asked[0]["kind"] != "scale":
        raise Unfit(say("第一道题问总体满意，用 1 至 5 分，不带选项"))
    return asked


def answers_in(
    questions: Sequence[Mapping[str, Any]], main: str, given: Mapping[str, str]
) -> dict[str, str]:
    """What was answered, by question; only the main question must be. Raises Unfit."""
    told: dict[str, str] = {}
    for question in questions:
        # A browser sends two signs for the end of a line.
        answer = str(given.get(question["id"], "")).replace("\r\n", "\n").strip()
        if answer or question["id"] == main:
            told[question["id"]] = _fit_answer(question, answer)
    return told


def _fit_answer(question: Mapping[str, Any], answer: str) -> str:
    kind, text = question["kind"], question["text"]
    if kind == "text":
        if len(answer) > _LONGEST_TEXT:
            raise Unfit(
                say("“{question}”的回答不超过 {most} 字", question=text, most=_LONGEST_TEXT)
            )
    elif kind == "choice":
        if answer not in question["choices"]:
            known = "、".join(question["choices"])
            raise Unfit(
                say("“{question}”没有选项“{answer}”；可选 {known}", question=text, answer=answer, known=known)
            )  # fmt: skip
    elif answer not in MARKS:
        raise Unfit(say("“{question}”请选 1 到 5 中的一项", question=text))
    return answer
