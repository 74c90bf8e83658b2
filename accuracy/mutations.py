"""Faults by construction: a clean form, one thing spoilt, and the rule that must see it.

The words come from here, not from the lexicons of the rules, so that a rule is not asked what
it was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from accuracy.spoiling import (
    EMPTY_GOALS,
    LISTS,
    PLACEHOLDERS,
    SENTENCES,
    TASKS,
    VAGUE,
    Mutator,
    add,
    all_hundred,
    append,
    as_order,
    bare_number,
    counted_again,
    dear,
    drop,
    figure_more,
    flipped,
    funds,
    head,
    in_words,
    large,
    moved,
    named_value,
    of_another_policy,
    regoal,
    repeated,
    retarget,
    same_goals,
    shares_only,
    twice,
    unweighted,
    verbose,
    whole,
    whole_budget,
    without,
    without_class_numbers,
    without_nature,
)
from kaoji.core.declaration import Declaration
from kaoji.core.period import Years
from kaoji.rules.context import Context


@dataclass(frozen=True)
class Mutant:
    """A spoilt form, the rule that must see it, and where."""

    rule: str
    place: str
    form: Declaration
    context: Context


_PLACE = "annual_goal"

MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "KJ101": (head("department", department=None), head("year", year=None)),
    "KJ102": (head(_PLACE, annual_goal=None), head("overall_goal", overall_goal=None)),
    "KJ103": (drop("满意度指标"), drop("效益指标")),
    "KJ104": (drop("时效指标"), drop("质量指标"), drop("数量指标")),
    "KJ105": (drop("成本指标"),),
    "KJ106": (retarget("产出指标", ("",)),),
    "KJ107": (retarget("产出指标", PLACEHOLDERS),),
    "KJ108": (append(("<p>另报。</p>", "&nbsp;另报。")),),
    "KJ109": (repeated,),
    "KJ110": (append(("同时推进推进宣传。", "加强加强巡查。", "做好的的服务。")),),
    "KJ111": (head("project_category", project_category="长期项目"),),
    "KJ113": (
        add("产出指标/质量指标", ("资料完整率(≥**%)", "≥95%"), ("设备完好率(≥××%)", "≥95%")),
    ),
    "KJ201": (funds("total", total=1.1),),
    "KJ202": (funds("annual_total", annual_total=0.9, total=1),),
    "KJ203": (funds("annual_fiscal", annual_fiscal=0.6, annual_other=0.4),),
    "KJ204": (funds("annual_total", annual_total=1.5, annual_fiscal=1.5),),
    "KJ205": (funds("fiscal", fiscal=None, other=1, annual_fiscal=None, annual_other=1),),
    "KJ206": (head("end_date", end_date=date(2022, 12, 31)),),
    "KJ207": (head("start_date", start_date=date(2025, 1, 1), end_date=date(2025, 12, 31)),),
    "KJ208": (head("goal_period", goal_period=Years(2023, 2025)),),
    "KJ209": (funds("other", fiscal=0.7, other=0.3, annual_fiscal=0.7, annual_other=0.3),),
    "KJ210": (add("产出指标/成本指标", ("项目总成本", "≤9000万元")),),
    "KJ211": (append(("2021年6月底前完成前期工作。", "到2027年全部完成。")),),
    "KJ212": (retarget("时效指标", ("2024年3月底前", "2024年1月15日前")),),
    "KJ213": (append(("“十四五”期间持续推进。", "协议期内全面完成。", "三年内实现全覆盖。")),),
    "KJ214": (append(("项目总投资9999万元。", "资金总额为777.7万元。")),),
    "KJ301": (retarget("质量指标", VAGUE), retarget("社会效益指标", VAGUE)),
    "KJ302": (retarget("质量指标", SENTENCES),),
    "KJ303": (
        add(
            "产出指标/质量指标",
            ("档案完整率", "完整"),
            ("设备在线率", "较高"),
            ("知晓度", "高"),
        ),
    ),
    "KJ304": (retarget("满意度指标", ("满意", "较高", "提升", "良好")),),
    "KJ305": (without_class_numbers("效益指标"),),
    "KJ306": (without_class_numbers("时效指标"),),
    "KJ307": (retarget("时效指标", ("及时",)),),
    "KJ308": (add("产出指标/质量指标", ("档案完整率", "≤100%"), ("设备完好率", "<=100%")),),
    "KJ309": (bare_number, add("产出指标/质量指标", ("档案完整率", "≥95个"))),
    "KJ310": (retarget("满意度指标", ("=90%", "＝95%")),),
    "KJ311": (retarget("满意度指标", ("=100%", "≥100%")),),
    "KJ312": (retarget("质量指标", ("≥120%", "≥105%")),),
    "KJ313": (
        add(
            "产出指标/质量指标",
            ("档案规范性", "规范"),
            ("机制健全", "健全"),
            ("环境改善", "有效改善"),
        ),
    ),
    "KJ314": (flipped,),
    "KJ315": (retarget("质量指标", ("> =96%", "＞＝96%", "96%")),),
    "KJ316": (retarget("质量指标", ("≥55%", "≥70%")), retarget("满意度指标", ("≥70%", "≥80%"))),
    "KJ317": (all_hundred,),
    "KJ318": (whole(retarget("质量指标", VAGUE)),),
    "KJ319": (add("产出指标/质量指标", ("服务覆盖率", "=85%"), ("人员出勤率", "=92%")),),
    "KJ320": (
        add(
            "效益指标/社会效益指标",
            ("促进社区治理", "=100%"),
            ("推动乡村振兴战略实施", "≥95%"),
        ),
    ),
    "KJ321": (retarget("时效指标", ("2023年1月-12月", "2023.1-2023.12")),),
    "KJ401": (lambda form, _: (without(form, lambda row: row.position < 4), "indicators"),),
    "KJ402": (in_words,),
    "KJ403": (twice,),
    "KJ404": (named_value,),
    "KJ405": (as_order,),
    "KJ406": (
        add(
            "产出指标/质量指标",
            ("资料完整性、准确性", "≥95%"),
            ("场次和人数：不少于5场20人", "≥95%"),
            ("巡查、宣传工作", "≥12次"),
        ),
    ),
    "KJ407": (unweighted,),
    "KJ501": (same_goals,),
    "KJ502": (verbose,),
    "KJ503": (regoal(EMPTY_GOALS),),
    "KJ504": (regoal(LISTS),),
    "KJ505": (append(("并做好巡查、宣传、培训等工作。", "涉及办公室、财务科等部门。")),),
    "KJ507": (regoal(EMPTY_GOALS),),
    "KJ601": (moved("质量指标", "产出指标", "数量指标"),),
    "KJ602": (shares_only,),
    "KJ603": (add("产出指标/质量指标", ("预算执行率", "≥95%"), ("资金执行进度", "≥90%")),),
    "KJ604": (moved("数量指标", "产出指标", "质量指标"),),
    "KJ605": (
        add("产出指标/质量指标", ("报告按时提交率", "≥95%"), ("任务如期完成率", "≥90%")),
    ),
    "KJ606": (
        moved("数量指标", "产出指标", "时效指标"),
        add("产出指标/时效指标", ("制度健全性", "健全"), ("检查次数", "≥4次")),
    ),
    "KJ607": (
        add("效益指标/社会效益指标", ("健康培训场次", "≥12场"), ("水质检查次数", "≥24次")),
        add("效益指标/社会效益指标", ("项目信息公开率", "≥98%"), ("资金拨付到位", "到位")),
    ),
    "KJ608": (
        add("效益指标/生态效益指标", ("社区凝聚力", "≥90%"), ("群众参与程度", "≥90%")),
        add("效益指标/经济效益指标", ("服务群众覆盖面", "≥90%"), ("矛盾化解率", "≥90%")),
    ),
    "KJ609": (add("产出指标/数量指标", ("政策知晓率", "≥85%"), ("群众投诉件数", "≤3件")),),
    "KJ610": (
        add(
            "满意度指标/服务对象满意度指标",
            ("主管部门满意度", "≥95%"),
            ("工作完成程度", "≥95%"),
        ),
    ),
    "KJ611": (
        add("产出指标/成本指标", ("成本控制率", "≤100%"), ("成本控制情况", "按预算控制")),
    ),
    "KJ612": (add("产出指标/数量指标", ("完成投资", "=30万元"), ("补助金额", "≥5000元")),),
    "KJ701": (figure_more,),
    "KJ705": (large,),
    "KJ714": (dear,),
    "KJ613": (
        add("产出指标/经济效益指标", ("运输成本下降率", "≥5%"), ("年增收额", "≥30万元")),
    ),
    "KJ114": (without_nature,),
    "KJ715": (whole_budget,),
    "KJ716": (of_another_policy,),
    "KJ215": (
        append(
            (
                "本年共安排资金100万元，其中培训40万元，检测35万元，印刷15万元。",
                "项目总投资80万元，其中设备购置52万元，安装调试12.5万元。",
            )
        ),
    ),
    "KJ412": (counted_again,),
    "KJ508": (
        append(
            (
                "我单位成立于1998年，隶属区政府，现有职工26人。",
                "本区地处城郊，总人口41万，下辖12个镇。",
            )
        ),
    ),
    "KJ614": (
        add(
            "产出指标/数量指标",
            ("检测仪器分辨率", "≥0.1毫米"),
            ("路面结构层厚度", "≥20厘米"),
            ("管道壁厚", "≥8毫米"),
        ),
    ),
    "KJ717": (regoal(TASKS),),
}


def mutants(
    form: Declaration, siblings: tuple[Declaration, ...], chance: Random
) -> list[Mutant]:
    """Every mutant of one clean form, each rule's mutators in turn."""
    made = []
    for rule, mutators in MUTATORS.items():
        for mutate in mutators:
            spoilt = mutate(form, chance)
            if spoilt is not None:
                made.append(Mutant(rule, spoilt[1], spoilt[0], Context(siblings=siblings)))
    return made
