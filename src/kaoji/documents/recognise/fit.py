"""How badly does a text suit a column, and a run of pieces one cell? Costs in nats, 0 is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.atoms import Atom, joined
from kaoji.documents.recognise.spelling import squeezed
from kaoji.standards import grammar
from kaoji.standards.costs import costs

FREE_TEXT = ("level3", "extra", "reason", "project")
VALUES = frozenset({"target", "actual", "partway", "previous", "forecast"})
_MOST_POINTS = 100
# How a column of explanations begins: 反映工程验收情况.
_MEANING = "反映"


def column_kind(field: str) -> str:
    """What a column holds, whatever its own name: `extra:备注` is extra, `budget.rate` is rate, `cause.其他` cause."""
    kind = field.partition(":")[0].removeprefix("budget.").removeprefix("overall.")
    return kind.partition(".")[0] if kind.startswith(("cause.", "likely.")) else kind


def skip_cost(field: str) -> float:
    """What it costs that a row leaves the column out."""
    known = costs().skip
    return known.get(column_kind(field).partition(".")[0], known["other"])


def misfit(field: str, text: str) -> float:
    """How badly a text suits a column; `never` where it cannot be."""
    kind = column_kind(field)
    if kind.startswith("project"):
        return _unlike_project(kind, text)
    if kind == "extra" and (own := _unlike_own_caption(field, text)) is not None:
        return own
    cost = _BY_KIND.get(kind, _unlike_anything)(text)
    if kind != "level3" and is_numbered_name(text):
        cost += costs().unlike["numbered_name_elsewhere"]
    if kind != "extra" and shapes.is_scoring_rule(text):
        cost += costs().unlike["scoring_rule_elsewhere"]
    return cost


_NUMBERED_NAME = re.compile(r"指标\d{1,2}[:：.、]?[\u4e00-\u9fff]")
_LONGEST_BEGINNING = 40


def is_numbered_name(text: str) -> bool:
    """指标3：文明施工 begins the name of an indicator and nothing else."""
    begins = text.startswith(("指标", "指標"))
    return begins and bool(_NUMBERED_NAME.match(squeezed(text[:_LONGEST_BEGINNING])))


def swallowing(text: str, gap: str) -> float:
    """What it costs that a free text takes in a piece which tells what it is."""
    price = costs()
    plain = squeezed(text)
    if is_numbered_name(text):
        return price.swallows_sign
    if labels.is_spelled_out(text) or (labels.is_label(text) and len(plain) > 3):
        return price.swallows_label
    if shapes.sign(text) or shapes.is_polarity(text) or shapes.is_span(text):
        return price.swallows_sign
    if shapes.is_without_deviation(text):
        return price.swallows_sign
    if gap == "none" and plain.startswith(_MEANING):
        return price.swallows_sign
    if gap == "digit":
        return price.swallows_digit
    number = shapes.number(text) or (gap == "none" and shapes.is_unit(text)) or plain == "%"
    return price.swallows_number if number else 0.0


def packing(pieces: Sequence[Atom], *, with_unit_column: bool) -> float:
    """What it costs that a value is put together from several pieces."""
    price = costs()
    cost = 0.0
    for number, atom in enumerate(pieces):
        if labels.is_spelled_out(atom.text):
            cost += price.value_with_label
        elif number and shapes.sign(atom.text):
            cost += price.value_with_second_sign
        elif atom.gap == "none" and _is_words_behind_number(pieces[:number], atom.text):
            cost += price.value_with_words_behind
        elif atom.gap == "none" and number and _is_second_value(pieces[number - 1], atom.text):
            cost += price.value_with_second_number
    text = joined(pieces)
    if re.search(r"\d", text) and not shapes.target(text).measurable:
        cost += price.value_unreadable
    if with_unit_column and len(pieces) > 1 and shapes.is_unit(pieces[-1].text):
        cost += price.value_with_unit
    return cost


_FEWEST_WORDS = 4


def _is_words_behind_number(before: Sequence[Atom], text: str) -> bool:
    """Words behind a number and its unit, nothing between them, begin the next name, not the end of a value."""
    if len(text) < _FEWEST_WORDS or shapes.is_quality(text) or shapes.is_unit(text):
        return False
    return any(shapes.number(atom.text) for atom in before)


def _is_second_value(before: Atom, text: str) -> bool:
    """A number right behind a unit begins another value: 28次30次."""
    ended = shapes.is_unit(before.text) or shapes.is_bound(before.text)
    return ended and bool(shapes.number(text))


def _unlike_level1(text: str) -> float:
    if labels.level1(text):
        return 0.2 if labels.level2(text) else 0.0
    plain = squeezed(text)
    shaped = plain.endswith("指标") and 4 <= len(plain) <= 10 and plain != "绩效指标"
    known = labels.level2(text)
    return costs().unlike["level1_unknown"] if shaped and not known else costs().never


def _unlike_level2(text: str) -> float:
    if labels.level2(text):
        return 0.0
    plain, unlike = squeezed(text), costs().unlike
    if plain.endswith("指标") and 4 <= len(plain) <= 12:
        return unlike["level2_unknown"]
    word = 2 <= len(plain) <= 8 and not shapes.number(text) and not shapes.sign(text)
    return unlike["level2_any_word"] if word else costs().never


def _unlike_name(text: str) -> float:
    unlike, plain = costs().unlike, squeezed(text)
    if labels.is_label(text):
        spelled = plain.endswith("指标") or len(plain) < 5
        return unlike["name_is_label"] if spelled else unlike["name_is_short_label"]
    if (
        shapes.number(text)
        or shapes.sign(text)
        or shapes.is_unit(text)
        or shapes.is_polarity(text)
    ):
        return unlike["name_is_number"]
    cost = (
        0.0
        if len(plain) >= 4
        else unlike["name_of_few_signs"]
        if len(plain) >= 2
        else unlike["name_of_one_sign"]
    )
    if shapes.may_be_measurable(text) and shapes.target(text).measurable:
        cost += unlike["name_is_target"]
    if plain[-1:].isdigit():
        cost += unlike["name_ends_in_number"]
    if shapes.quality_behind_measure().search(plain):
        cost += unlike["name_with_quality"]
    if shapes.names_a_measure(text):
        cost += unlike["name_like_measure"]
    return cost + max(0, len(plain) - 40) / 20


def _unlike_value(text: str) -> float:
    unlike, plain = costs().unlike, squeezed(text)
    if shapes.is_polarity(text) or shapes.is_likelihood(text):
        return unlike["target_is_polarity"]
    if shapes.sign(text):
        return unlike["target_is_sign"]
    cost = shapes.unlikeliness_of_target(text)
    if re.match(r"\D?0\d", plain):
        cost += unlike["target_begins_with_zero"]
    parsed = shapes.target(text)
    if parsed.is_percentage and parsed.value is not None and parsed.value > 300:
        cost += unlike["target_beyond_percent"]
    return cost


def _unlike_value_of_other_time(text: str) -> float:
    return _unlike_value(text) + costs().unlike["target_of_other_time"]


def _unlike_sign(text: str) -> float:
    if shapes.sign(text):
        return 0.0
    return costs().unlike["polarity_as_sign"] if shapes.is_polarity(text) else costs().never


_WORD = re.compile(r"\w")


def _unlike_unit(text: str) -> float:
    if shapes.is_unit(text):
        return 0.0
    short = len(squeezed(text)) <= 4 and not shapes.number(text) and _WORD.search(text)
    word = short and not shapes.sign(text) and not shapes.is_polarity(text)
    return costs().unlike["unit_unusual"] if word else costs().never


def _unlike_points(text: str) -> float:
    unlike, number = costs().unlike, shapes.number(text)
    if number and float(number) <= _MOST_POINTS:
        return 0.0 if float(number) in costs().usual_points else unlike["points_unusual"]
    if shapes.is_nothing(text):
        return unlike["points_dash"]
    plain = squeezed(text)
    percent = plain.endswith("%") and shapes.number(plain[:-1])
    return unlike["points_percent"] if percent else costs().never


def _unlike_score(text: str) -> float:
    number = shapes.number(text)
    usual = number and float(number) <= _MOST_POINTS
    return 0.0 if usual else _unlike_points(text)


def _unlike_rate(text: str) -> float:
    number = shapes.number(text)
    if squeezed(text).endswith("%") or shapes.is_nothing(text):
        return 0.0
    plausible = number and float(number) <= 120
    return costs().unlike["rate_without_sign"] if plausible else costs().never


def _unlike_money(text: str) -> float:
    if shapes.is_amount(text):
        return 0.0
    return costs().unlike["money_dash"] if shapes.is_nothing(text) else costs().never


def _unlike_line(text: str) -> float:
    if captions.is_sum(text) or (captions.caption(text) or "").startswith("funds."):
        return 0.0
    word = len(squeezed(text)) > 3 and not shapes.number(text) and not shapes.is_amount(text)
    return costs().unlike["line_unknown"] if word else costs().never


def _unlike_likelihood(text: str) -> float:
    return 0.0 if shapes.is_likelihood(text) else costs().unlike["likelihood_other"]


def _unlike_choice(text: str) -> float:
    if shapes.is_tick(text) or shapes.is_unticked(text):
        return 0.0
    return costs().unlike["choice_in_words"]


def _unlike_reason(text: str) -> float:
    unlike = costs().unlike
    if shapes.is_without_deviation(text):
        return 0.0
    cost = unlike["reason"] + (unlike["reason_is_number"] if shapes.number(text) else 0.0)
    if len(squeezed(text[:8])) <= 2:
        cost += unlike["reason_of_few_signs"]
    return cost + (unlike["reason_is_label"] if labels.is_label(text) else 0.0)


def _unlike_extra(text: str) -> float:
    unlike = costs().unlike
    if shapes.is_scoring_rule(text):
        return 0.0
    if squeezed(text[:8]).startswith(_MEANING):
        return unlike["extra_is_meaning"]
    if shapes.may_be_measurable(text) and shapes.target(text).op:
        return unlike["extra"] + unlike["extra_is_bound"]
    cost = unlike["extra"] + (unlike["extra_is_label"] if labels.is_label(text) else 0.0)
    return cost + (unlike["extra_is_number"] if shapes.number(text) else 0.0)


def _unlike_own_caption(field: str, text: str) -> float | None:
    """A column whose caption tells what it holds: 是否核心指标 yes or no, 得分系数 a percentage."""
    if field.startswith("extra:是否"):
        return 0.0 if squeezed(text[:4]) in {"是", "否"} else costs().never
    if field.endswith(("率", "系数")) and squeezed(text[:12]).endswith("%"):
        return 0.0 if shapes.number(squeezed(text)[:-1]) else None
    return None


def _unlike_anything(text: str) -> float:
    return 1.0


_BY_KIND: dict[str, Callable[[str], float]] = {
    "level1": _unlike_level1,
    "level2": _unlike_level2,
    "level3": _unlike_name,
    "target": _unlike_value,
    "actual": _unlike_value,
    "forecast": _unlike_value_of_other_time,
    "partway": _unlike_value_of_other_time,
    "previous": _unlike_value_of_other_time,
    "op": _unlike_sign,
    "unit": _unlike_unit,
    "weight": _unlike_points,
    "points": _unlike_points,
    "score": _unlike_score,
    "rate": _unlike_rate,
    "initial": _unlike_money,
    "arrived": _unlike_money,
    "adjusted": _unlike_money,
    "executed": _unlike_money,
    "line": _unlike_line,
    "likelihood": _unlike_likelihood,
    "cause": _unlike_choice,
    "likely": _unlike_choice,
    "reason": _unlike_reason,
    "extra": _unlike_extra,
}


def _unlike_project(kind: str, text: str) -> float:
    """Columns of the project in a sheet of several projects."""
    never, plain = costs().never, squeezed(text)
    if kind == "project.money":
        return 0.0 if shapes.is_amount(text) and len(plain) > 2 else never
    if (
        labels.is_label(text)
        or shapes.sign(text)
        or shapes.target(text).measurable
        or shapes.number(text)
        or shapes.is_polarity(text)
        or shapes.is_scoring_rule(text)
    ):
        return never
    body = bool(grammar.pattern("bodies").search(plain))
    if kind.endswith("goal"):
        return 0.2 if len(plain) > 18 or plain.endswith("。") else 3.0
    if kind.endswith(("unit", "department")):
        return 0.2 if body and len(plain) < 40 else 3.0
    if kind.endswith("category"):
        return 0.4 if re.search(r"项目|类|经费|支出", plain) and len(plain) < 20 else 3.0
    return 0.3 + (1.5 if body else 0.0) + max(0, len(plain) - 30) / 8
