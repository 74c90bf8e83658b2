"""The patterns that targets are read by, and how a text is made ready for them."""

from __future__ import annotations

import re

from kaoji.core import target_words as words
from kaoji.core.numerals import NUMERAL_CHARACTERS
from kaoji.core.width import narrow, squeeze

DIGITS = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMERAL = rf"[{NUMERAL_CHARACTERS}]*[{NUMERAL_CHARACTERS.rstrip('万亿')}]"
UNIT = r"(?:\([^()\d]{1,6}\)|[%‰]|元/[人次生][、.·]每?[天日次月年]|[^\d\s%‰,，。；;:：!！?？、()<>=~\-+.\[\]]{1,10}?)"
DASH = r"(?:-|~|—+|至|到)"
ENDING = "|".join([*words.OPERATOR_ENDINGS, *words.APPROXIMATE_ENDINGS])
SIGN = "|".join(map(re.escape, sorted(words.OPERATOR_SIGNS, key=len, reverse=True)))
WORD = "|".join([*words.OPERATOR_WORDS, *words.APPROXIMATE_WORDS])
PERIOD = "|".join(words.PERIODS)

# No value is longer; a longer text is a sentence, and is not searched for one.
LONGEST = 500

INTERVAL = re.compile(rf"([\[(])({DIGITS})%?,({DIGITS})(%?)([\])])({UNIT})?$")
RANGE = re.compile(
    rf"(?P<sign>={{0,2}})(?P<low>{DIGITS})(?P<unit_low>{UNIT}?){DASH}"
    rf"(?P<high>{DIGITS})(?P<unit>{UNIT}??)(?P<ending>{ENDING})?$"
)
AMOUNT = re.compile(
    rf"(?P<lead>{words.LEADS})?(?P<sign>{SIGN})?(?P<word>{WORD})?(?P<per>每(?:{PERIOD})?)?(?P<percent>百分之)?"
    rf"(?:(?P<digits>{DIGITS})|(?P<numeral>{NUMERAL}))(?P<more>[余多几])?"
    rf"(?P<unit>{UNIT}??)(?:(?P<ending>{ENDING})(?P<rest>[\u4e00-\u9fff]{{2,6}})?)?"
    r"(?P<aside>\([^()%][^()]*\))?$"
)
EITHER_WAY = re.compile(
    rf"(?:±|正负)({DIGITS.removeprefix('[-+]?')})({UNIT})?(?:以内|之内|内)?$"
)
WITHIN_AFTER = re.compile(
    rf"(?P<after>{words.AFTER})(?P<number>{DIGITS})(?P<unit>{words.SPANS_OF_TIME})"
    r"(?:(?:以内|之内|内)?(?:完成|办结|答复|到位|到达|拨付|发放|处置|响应)?)?$"
)
MORE_OR_LESS = re.compile(
    rf"(?P<middle>{DIGITS})(?P<unit>{UNIT}?)(?:±|正负)(?P<share>{DIGITS})%$"
)
# 37个基层医疗机构, 500名学生: the word that counts, and what is counted.
COUNTED_THING = re.compile(
    r"(?P<unit>[万亿]?[个家名位户场所座处项篇套台辆支条件份本册批期])(?P<thing>(?!百分点|工作日|月|小时|人次)[^\W\d_a-zA-Z后前并且及]{2,9})$"
)
# 期培训结束后及时考核 is no unit.
A_CLAUSE = re.compile(r"[一-鿿]{2,6}(?:后|前|及时|完成)[一-鿿]*$")
PERCENT_AND_MORE = re.compile(r"(.*\d%)([\u4e00-\u9fff]+)$")
TORN_NUMBER = re.compile(r"\d\s+\d|\d，\d{3}(?!\d)")
SQUARE_OR_CUBIC = re.compile(r"(?<![A-Za-z])m([23])(?!\d)")
ROUND_THE_CLOCK = re.compile(r"[57][*×xX](\d{1,2})小时$")
# 较上年增长5%以上, 下降≥3%, 比2023年提高2个百分点.
CHANGE = re.compile(
    r"(?:(?:较|比|与)?(?:上一?年度?|去年|往年|同期|基期|(?:19|20)\d\d年)(?:同期|末|底)?(?:相比)?|同比|环比|平均|年均|每年)?"
    r"(?P<word>增长|增加|增幅|提高|提升|上升|上涨|下降|降低|降幅|减少|缩短|压减|节约|节省)(?:率|幅度)?[为达]?"
    r"(?P<rest>[^一-鿿]{0,3}(?:不低于|不少于|达到|超过|不超过|大于|至少)?\d.{0,10})$"
)


def cleaned(raw: str) -> str:
    """Narrow, without blanks, without what adds nothing: (含), a final 。, outer brackets."""
    clean = squeeze(narrow(raw)).replace("(含)", "").replace("百分百", "百分之100")
    clean = clean.replace("百分之百", "百分之100").rstrip("。")
    clean = SQUARE_OR_CUBIC.sub(lambda found: f"m{'²³'[int(found[1]) - 2]}", clean)
    if (
        clean.startswith("(")
        and clean.endswith(")")
        and clean.count("(") == 1
        and "," not in clean
    ):
        clean = clean[1:-1]
    clean = re.sub(r"(?<=\d)/(?:10万|十万)$", "每十万", clean)
    clean = re.sub(r"(?<=[元升])/100(?:km|公里)", "/百公里", clean)
    return re.sub(r"\((及?以上|及?以下|以内)\)$", r"\1", clean)
