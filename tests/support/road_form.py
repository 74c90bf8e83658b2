"""A small faultless form about roads, and what came of it: what most tests of the site start from."""

from __future__ import annotations

from datetime import date

FORM = """项目: 甲
年度: 2023
类别: 经常性项目
主管部门: 乙
实施单位: 丙
总目标: 公路得到养护。
年度目标: 养护公路 35 公里。
产出指标 / 数量指标 / 养护里程: ≥ 35公里
产出指标 / 质量指标 / 验收合格率: ≥ 98%
产出指标 / 时效指标 / 修补时限: ≤ 3天
产出指标 / 成本指标 / 每公里成本: ≤ 3万元/公里
效益指标 / 社会效益指标 / 好路率: ≥ 92%
满意度指标 / 服务对象满意度指标 / 居民满意度: ≥ 90%
"""
# Budget and indicators as in the Putuo form of 2022: all met, 86.18 % spent, 98.62 points.
PUTUO = FORM.replace(
    "总目标: 公路得到养护。",
    "资金总额: 250000 元\n财政资金: 250000 元\n年度资金: 250000 元\n当年财政拨款: 250000 元\n总目标: 公路得到养护。",
)
# The same under a name that people would give it.
SOUND = PUTUO.replace("项目: 甲", "项目: 农村公路养护").replace(
    "总目标: 公路", "总目标: 全区公路"
)
END, MID_JULY = date(2023, 12, 31), date(2023, 7, 31)
MET = {
    "养护里程": "36公里",
    "验收合格率": "99%",
    "修补时限": "2天",
    "每公里成本": "2.5万元/公里",
    "好路率": "93%",
    "居民满意度": "91%",
}
