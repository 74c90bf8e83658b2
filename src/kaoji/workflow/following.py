"""The words of what follows an approval: verdicts, advice, sources, steps."""

from __future__ import annotations

VERDICT_NAMES = {"accepted": "认可", "returned": "退回"}
ADVICE_NAMES = {"continue": "继续执行", "adjust": "建议调整目标", "suspend": "建议暂停拨款"}
LEVEL_NAMES = {"department": "主管部门", "finance": "财政部门"}

# What the evaluated unit says of an evaluation's report, and what the evaluators answer.
REPLY_NAMES = {"accept": "无异议", "object": "有异议", "answer": "答复"}

RECTIFICATION_SOURCES = {
    "monitoring": "运行监控",
    "self_evaluation": "单位自评",
    "recheck": "自评复核",
    "evaluation": "绩效评价",
    "audit": "审计",
    "other": "其他",
}
RECTIFICATION_STEPS = {
    "answer": "整改报告",
    "accept": "销号",
    "return": "退回",
    "extend": "延期",
}

# Where money comes from, as the official forms part it.
SOURCE_NAMES = {"fiscal": "当年财政拨款", "carryover": "上年结转资金", "other": "其他资金"}
