"""What events say of this subject, and the tables whose rows they vouch for.

A list of a hundred thousand people is not told row by row: its event, and those of a run and of a returned
file, hold one digest over them (queries/digests.py), which verifying makes again.
"""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.benefits.models import (
    AccountConfirmation,
    BankFile,
    Confirmation,
    DoubtDecision,
    DutyDone,
    FileRefusal,
    Movement,
    Overpayment,
    OverpaymentDecision,
    ReceivedList,
    RefusalReport,
    Regained,
    ReturnFile,
    Run,
    Tally,
)
from kaoji.workflow.roles import MAY_SEE_BENEFITS

STORIES = {
    "benefits.list_received": "接收{programme}的{kind}，截至 {as_of}，{count} 行，新增 {new} 人",
    "benefits.run_opened": "开 {month} {programme}批次",
    "benefits.run_opened_for_a_day": "开 {month} {programme}批次，发放日由 {by_law} 改为 {due_on}：{reason}",
    "benefits.run_frozen": "冻结 {month} 批次",
    "benefits.run_computed": "计算并清查 {month} 批次：{people} 人，{items} 笔",
    "benefits.run_cancelled": "撤销 {month} 批次：{reason}",
    "benefits.roster_confirmed": "{town}确认 {month} 花名册的 {count} 笔变动",
    "benefits.doubt_decided": "处理 {month} 批次的疑点 {check}：{decision}",
    "benefits.confirming_ended": "结束 {month} 批次的确认，{left} 笔不发",
    "benefits.run_approved": "审批 {month} 批次",
    "benefits.account_confirmed": "核实{who}的收款账户 {account}：{reason}",
    "benefits.file_made": "制作 {month} 批次的盘片 {files} 份，{count} 笔",
    "benefits.file_made_without": (
        "制作 {month} 批次的盘片 {files} 份，{count} 笔；写不进盘片、等待重发的 {left} 人"
    ),
    "benefits.file_taken": "取走盘片 {file}，{count} 笔",
    "benefits.refusal_reported": "登记盘片 {file} 被银行整份退回，{count} 笔，待核实",
    "benefits.file_refused": "核实盘片 {file} 被银行整份退回，{count} 笔",
    "benefits.return_read": "读入 {month} 批次的回盘，{count} 笔",
    "benefits.overpaid_read": (
        "读入 {month} 批次的回盘，{count} 笔；银行多付 {besides} 笔 {yuan} 元，冲回 {back} 笔"
    ),
    "benefits.overpaid_found": (
        "登记 {month} 批次早先读入、没有登记的银行多付 {besides} 笔 {yuan} 元"
    ),
    "benefits.overpayment_decided": "决定追回 {month} 批次银行多付的 {yuan} 元：{decision}",
    "benefits.overpayment_regained": "收回 {month} 批次银行多付的 {yuan} 元",
    "benefits.resending_opened": "重发 {month} 批次失败的 {people} 人",
    "benefits.run_closed": "关闭 {month} 批次",
    "benefits.proof_taken": "带走{programme} {months} 的发放证明",
    "benefits.seal_opened": "查看{who}的{field}，用途：{purpose}",
}
# Whoever looks through the log but has no right to see benefits is told nothing of them.
ASKS_FOR = dict.fromkeys(STORIES, MAY_SEE_BENEFITS)
AUDITED = {
    "benefit_lists": Told(ReceivedList),
    "benefit_runs": Told(Run),
    "benefit_decisions": Told(DoubtDecision),
    "benefit_confirmations": Told(Confirmation),
    "benefit_account_confirmations": Told(AccountConfirmation),
    "benefit_duties": Told(DutyDone),
    "benefit_files": Told(BankFile, unsaid=frozenset({"sealed"})),
    "benefit_refusal_reports": Told(RefusalReport, sealed=frozenset({"reason"})),
    "benefit_refusals": Told(FileRefusal, sealed=frozenset({"reason"})),
    "benefit_returns": Told(ReturnFile, sealed=frozenset({"word"})),
    "benefit_movements": Told(Movement),
    # The bank's reference and what people typed may name somebody: outside only their hashes are told.
    "benefit_overpayments": Told(Overpayment, sealed=frozenset({"reference"})),
    "benefit_overpayment_decisions": Told(OverpaymentDecision, sealed=frozenset({"reason"})),
    "benefit_regained": Told(Regained, sealed=frozenset({"paper"})),
    "benefit_tallies": Told(Tally),
}
