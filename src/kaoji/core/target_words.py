"""The words that targets are written with: operators, units, placeholders, deadlines.

Whether a bound includes its number is law, not taste: 《民法典》第一千二百五十九条 says that
“以上”“以下”“以内”“届满” include the number and “不满”“超过”“以外” do not.
"""

from __future__ import annotations

import re

OPERATOR_SIGNS = {
    ">=": ">=", "=>": ">=", "≥": ">=", "≧": ">=", "⩾": ">=",
    "<=": "<=", "=<": "<=", "≤": "<=", "≦": "<=", "⩽": "<=",
    ">": ">", "<": "<", "==": "=", "=": "=",
}  # fmt: skip

OPERATOR_WORDS = {
    "不得低于": ">=", "不得少于": ">=", "不得小于": ">=", "不应低于": ">=", "不应少于": ">=",
    "不得超过": "<=", "不得高于": "<=", "不得多于": "<=", "不得大于": "<=", "不应超过": "<=",
    "应达到": ">=", "须达到": ">=", "需达到": ">=",
    "大于或等于": ">=", "大于等于": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=",
    "不短于": ">=", "至少": ">=", "最少": ">=", "达到": ">=", "达": ">=",
    "小于或等于": "<=", "小于等于": "<=", "不超过": "<=", "不高于": "<=", "不多于": "<=",
    "不大于": "<=", "不长于": "<=", "至多": "<=", "最多": "<=", "控制在": "<=",
    "大于": ">", "超过": ">", "高于": ">", "多于": ">",
    "小于": "<", "低于": "<", "少于": "<", "短于": "<", "不满": "<", "不足": "<",
    "等于": "=",
}  # fmt: skip

OPERATOR_ENDINGS = {
    "及以上": ">=", "或以上": ">=", "以上": ">=",
    "及以下": "<=", "或以下": "<=", "以下": "<=", "以内": "<=", "之内": "<=", "内": "<=",
}  # fmt: skip

APPROXIMATE_WORDS = ("大约", "约", "近")
APPROXIMATE_ENDINGS = ("左右", "上下")
APPROXIMATE = frozenset({*APPROXIMATE_WORDS, *APPROXIMATE_ENDINGS})

PERIODS = ("季度", "年", "季", "月", "周", "日", "天", "人", "户", "村", "街镇")

_UNIT = (
    "工作日|人次|户次|人天|课时|学时|小时|分钟|平方米|立方米|平方公里|公里|千米|米|公顷|亩|"
    "吨|千克|公斤|个月|季度|周年|街镇|镇街|村居|居村|"
    "元|角|人|户|家|个|名|次|期|篇|份|件|条|项|场|天|日|周|月|季|年|秒|时|点|处|所|座|栋|间|"
    "套|台|辆|架|只|头|棵|株|本|册|张|部|幅|批|组|支|队|班|节|课|门|种|类|级|档|分|倍|成|"
    "床|岗|块|片|段|例|起|宗|笔|单|户数|℃"
)
USUAL_UNIT = re.compile(rf"(?:[%‰]|[十百千万亿]*(?:个)?(?:{_UNIT})(?:[/·每](?:{_UNIT}))*)$")

PLACEHOLDERS = frozenset(
    {
        "无", "待定", "待填", "待填写", "待补充", "未定", "暂无", "略", "同上", "详见附件",
        "见附件", "不涉及", "不适用", "按计划", "按计划完成", "计划数", "计划完成数",
        "计划完成数量", "目标值", "指标值", "n/a", "na", "tbd",
    }
)  # fmt: skip
PLACEHOLDER_SIGNS = re.compile(r"(?:[<>=≥≤]*[/\\*?_\-—.…xX×○●□]+[%个人次]?|[<>=≥≤]+[%/无]?)$")

_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:(?:19|20)\d\d年|当年|本年|次年|每年)"
_QUARTER = r"第?[1-4一二三四]季度(?:[末底])?"
_BEFORE = r"(?:之?前|以前|内)"
_MONTHS = "|".join(["十二", "十一", "十", *"一二三四五六七八九"])
DEADLINE = re.compile(
    rf"(?:于|在)?(?:{_YEAR}?(?:{_MONTH}|{_MONTHS})月份?(?:{_DAY}[日号]|[上中下]旬|[底末初]){_BEFORE}?"
    rf"|{_YEAR}?(?:{_MONTH}|{_MONTHS})月份?{_BEFORE}|{_YEAR}{_MONTH}月份?"
    rf"|{_YEAR}?(?:{_QUARTER}|[上下]半年|年?[底末]){_BEFORE}?|{_YEAR}(?:度?内)|年[底末]{_BEFORE}?"
    rf"|(?:19|20)\d\d[-/]{_MONTH}(?:[-/]{_DAY})?{_BEFORE}?|(?:19|20)\d\d[.]{_MONTH}[.]{_DAY}{_BEFORE}?"
    rf"|(?:每个?月|次月|当月|每季度?(?:首月|末月|第?[一二三1-3]个?月)?|{_QUARTER}?(?:首月|末月)){_DAY}[日号]{_BEFORE}"
    rf"|{_DAY}[日号](?:之?前|以前)|{_YEAR}?(?:{_MONTH}|{_MONTHS})月份?(?:开学|放假|汛期|入汛|入冬|春节|国庆){_BEFORE}"
    rf")(?:完成|到位|结束|办结|提交|竣工|完工)?$"
)

# By what a deadline is told to be one.
DEADLINE_LEADS = re.compile(
    r"(?:<=|≤|不晚于|不迟于|最晚|最迟|截至|截止到?|(?:计划)?完成时间[为是:])"
)
# What goes before a number that is counted anew in every span: 全年不少于12次, 每周≥2次, 每人每月1510元.
LEADS = (
    r"(?:全年|年度|本年度?|当年|年均|月均|日均|一年|每(?:季度|年|季|月|周|日|天|次|人|户|村|家|镇|街镇)"
    r"(?:每(?:季度|年|季|月|周|日|天|次|人|户))?)"
)
# Signs that name a grade, a month, a technique: no quantity, though a digit is in them.
LABEL = re.compile(
    r"(?:(?:1[0-2]|[1-9])月份?|(?:\d{1,2}|[一二三四五六七八九十]{1,2})级|\d[A-Z]{1,2}(?:级|标准|管理|景区)?"
    r"|\d星级?|(?:19|20)\d\d年(?:全年|内)?)$"
)

# A word with one of these in it promises a number, even if we could not read it.
HIDDEN_NUMBER = re.compile(
    r"\d|百分之|[一二三四五六七八九十两][余多至到]?[一二三四五六七八九十两]?十?[余多]?(?:次|个|人|家|项|期|篇|场|户|天|年|月|件|份)(?!性|体)"
)

# Longer than this, or punctuated, and a cell holds a sentence instead of a value.
LONGEST_WORD = 8
