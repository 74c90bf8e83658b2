"""A goal so long that nobody finds the promise in it.

## Why

A goal should be pointed: expected outputs and effects in a few sentences. Long ones tell the
background, the procedure and every sub-project, and the reviewer has to dig.

## 为什么

目标应当指向明确、重点突出，几句话说清预期产出和效果。过长的多是背景、流程和子项目的罗列。

```form bad
# 上海市松江区民政局 2023 年度申报表，社会工作及志愿服务（521 字）
项目: 社会工作及志愿服务
年度目标: 进一步加强公益基地的能力建设，全区公益基地累计服务时长超过80万小时，发布公益基地活动月报10次，开展开展公益宣讲及主题沙龙活动16场，培育各类特色公益基地品牌10个，进一步提质增效。加强17家街镇社工指导中心专业能力建设，发挥其社会工作行业宣传阵地、社会工作人才培育基地、社会工作枢纽管理平台功能作用。全面推进360家居村社会工作室建设，并在推进过程中选树优秀品牌。建立社会工作过督导队伍的机制，并组建一支至少9人的社会工作督导队伍。进一步加强社会工作专业人才培养，积极动员各类群体参加社工考证，并做好持证社工继续教育；加强社会工作服务机构管理，为街镇社会工作指导中心和社会工作服务机构提供日常咨询，为高校和社会组织搭建大学生暑期实践平台；加强社会工作行业规范和评估，做好我区持证社工的登记注册，开展社会工作评优；加强专委会能力建设，分领域推进行业发展。宣传展示社会工作在助力乡村振兴、参与新冠肺炎疫情防控、协同社会治理等方面取得的良好成效，进一步弘扬社会工作专业精神，树立社会工作专业形象，提升社会工作的社会认同，激励鼓舞广大社会工作者在助力乡村振兴、服务国家、服务社会、服务群众中更好发挥作用，营造社会工作发展的良好舆论氛围和社会环境。
```

```form good
项目: 农村道路养护
年度目标: 养护农村道路 35 公里，验收合格率不低于 95%，沿线村民满意度不低于 90%。
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ502",
    "目标过长",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "重点突出"), Citation("audit-chifeng-2023")),
    since=date(2015, 5, 21),
    needs=("goal_length_max",),
)
def overlong_goal(form: Declaration, *, goal_length_max: Decimal) -> Iterator[Finding]:
    """Count the characters of each goal."""
    for name, text in form.goals.items():
        if len(text) > goal_length_max:
            message = say(
                "{goal}共 {length} 字，超过 {limit} 字",
                goal=GOAL_NAMES[name],
                length=len(text),
                limit=goal_length_max,
            )
            yield Finding(name, message)
