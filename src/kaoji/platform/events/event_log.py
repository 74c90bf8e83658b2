"""The event log: one event for every action, in the same transaction, chained by hashes.

An event's hash covers everything in it and the hash of the event before, so that nothing in
the past can be changed without breaking every hash after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from kaoji.core.declaration_json import canonical_json, digest
from kaoji.core.speech import Sentence, say
from kaoji.platform.events.models import Event, LogHead
from kaoji.platform.events.vouching import hashes_of, keys_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.models import Intake

GENESIS = "0" * 64

# Every type of event and the sentence that tells its story; `payload` fills the braces.
STORIES: dict[str, str] = {
    "document.imported": "上传了“{document}”，读到 {forms} 份表、{doubts} 处存疑",
    "doubt.settled": "就“{project}”的 {field} 定为“{value}”（原读作“{before}”）",
    "doubt.reopened": "撤销了对“{project}”的 {field} 的确认",
    "intake.confirmed": "保存了“{document}”中的 {saved} 份表，余 {left} 份",
    "intake.discarded": "放弃了“{document}”的导入",
    "declaration.recorded": "建立申报表“{project}”",
    "declaration.revised": "以第 {revision} 版更新了“{project}”",
    "declaration.endorse": "单位同意第 {revision} 版并上报",
    "declaration.adjust": "开始调整：{reason}",
    "declaration.abandon": "放弃了调整",
    "declaration.submit": "提交了第 {revision} 版",
    "declaration.recall": "撤回了提交",
    "declaration.forward": "同意第 {revision} 版并报财政",
    "declaration.return": "退回：{reason}",
    "declaration.approve": "批复了第 {revision} 版",
    "declaration.reject": "不予通过：{reason}",
    "declaration.publish": "公开了第 {revision} 版",
    "declaration.withdraw": "撤下了公开：{reason}",
    "review.written": "填写了{title}，评为“{grade}”",
    "opinion.given": "对“{place}”提出意见：{text}",
    "opinion.answered": "答复“{place}”的意见：{answer}",
    "opinion.closed": "关闭了“{place}”的意见",
    "finding.waived": "豁免 {rule}“{place}”至 {until}：{reason}",
    "waiver.ended": "终止了 {rule}“{place}”的豁免",
    "rule.overridden": "改写 {subject}（{kind}{region}）为“{value}”：{reason}",
    "rule.restored": "恢复 {subject}（{kind}{region}）",
    "sheet.written": "写了“{entry}”的指标说明第 {version} 版",
    "actual.recorded": "填“{place}”截至 {as_of} 的完成值：{value}",
    "spending.recorded": "填 {month} 预算执行 {amount} 元",
    "evaluation.filed": "报送第 {number} 次自评：{total} 分，{grade}",
    "actuals.taken": "按证据取了 {count} 项截至 {as_of} 的完成值",
    "spendings.imported": "从“{document}”导入 {count} 笔预算执行，合计 {total} 元",
    "spendings.reported": "由接口报来 {count} 笔预算执行，合计 {total} 元",
    "measure.set": "定“{place}”的取值办法：{title}",
    "service.recorded": "记录 {on} {subject}",
    "service.corrected": "更正 {on} {subject}",
    "service.withdrawn": "撤销 {on} {subject}",
    "services.imported": "从“{document}”导入 {count} 条服务记录",
    "survey.opened": "开设问卷“{title}”",
    "survey.answered": "收到“{title}”的一份答卷",
    "survey.looked": "看过“{title}”公开链接的 {count} 份答卷：{remark}",
    "answers.imported": "录入“{title}”的 {count} 份答卷",
    "monitoring.issued": "下达“{title}”，监控到 {until}，{due_on} 前报送",
    "monitoring.filed": "报送“{title}”监控表",
    "monitoring.reviewed": "审核“{title}”监控表：{verdict}，{advice}",
    "recheck.drawn": "抽取 {count} 份自评复核（种子 {seed}）",
    "recheck.made": "复核第 {number} 次自评：{before} 分改为 {total} 分，{grade}",
    "rectification.opened": "要求整改：{finding}，{due_on} 前完成",
    "rectification.answer": "报送整改：{text}",
    "rectification.accept": "整改销号：{text}",
    "rectification.return": "整改退回：{text}",
    "rectification.extend": "整改延至 {due_on}：{text}",
    "evaluation.commissioned": "组织评价，{due_on} 前完成，专家 {count} 人",
    "evaluation.scored": "评价打分：{total} 分",
    "evaluation.reported": "出具评价报告：{total} 分，{grade}",
    "evaluation.accepted": "对评价报告表示无异议",
    "evaluation.objected": "对评价报告提出异议：{text}",
    "evaluation.answered": "答复对评价报告的异议：{text}",
    "whole.filed": "报送 {place} {year} 年部门整体目标第 {number} 版",
    "whole.decided": "审定 {place} {year} 年部门整体目标：{verdict}",
    "whole.evaluated": "报送 {place} {year} 年部门整体自评：{total} 分，{grade}",
    "account.opened": "开设账号 {username}",
    "account.made_superuser": "在控制台开设超级用户 {username}",
    "organisation.registered": "登记{kind}“{name}”",
    "organisation.changed": "更改机构“{name}”",
    "appointment.made": "任命 {username} 为“{place}”的{role}，自 {since}",
    "appointment.ended": "终止 {username} 在“{place}”的{role}",
    "people.imported": "从“{document}”登记 {places} 个机构、{people} 个账号、{appointments} 项任职",
    "window.set": "设定{place} {year} 年{stage}期限 {opens_on} 至 {closes_on}",
    "window.extended": "准予“{place}”延至 {until}：{reason}",
    "letter.issued": "发出批复 {reference}（{count} 份）",
    "account.secured": "{username} 开启了两步验证",
    "account.unsecured": "关闭了 {username} 的两步验证",
    "key.opened": "{username} 开设接口密钥“{name}”，至 {until}",
    "key.ended": "停用 {username} 的接口密钥“{name}”",
    "account.changed": "更改账号 {username}（{fields}）",
}


class UnregisteredEvent(ValueError):
    """An event of a type that cannot tell its story."""


def record_event(
    event_type: str,
    *,
    at: datetime,
    actor: User | None,
    payload: dict[str, Any],
    declaration: Declaration | None = None,
    intake: Intake | None = None,
    rows: Iterable[models.Model] = (),
    gone: Iterable[models.Model] = (),
) -> Event:
    """Append one event, which vouches for *rows* as they stand now and for the end of those *gone*.

    Call it inside the action's transaction, after the rows were saved and before they are deleted.
    """
    if event_type not in STORIES:
        raise UnregisteredEvent(event_type)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event belongs to a transaction")
    hashes = hashes_of(rows)
    if hashes:
        payload = {**payload, "rows": hashes}
    ended = keys_of(gone)
    if ended:
        payload = {**payload, "gone": ended}
    head = LogHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        LogHead.objects.get_or_create(pk=1)
        head = LogHead.objects.select_for_update().get(pk=1)
    event = Event(
        sequence=head.sequence + 1,
        at=at,
        actor=actor,
        type=event_type,
        declaration=declaration,
        intake=intake,
        payload=payload,
        previous_hash=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save()
    return event


def said_by(event: Event) -> dict[str, Any]:
    """All that an event says, as its hash covers it and an export tells it."""
    return {
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "type": event.type,
        "declaration": event.declaration_id,
        "intake": event.intake_id,
        "payload": event.payload,
        "previous_hash": event.previous_hash,
    }


def hash_of(event: Event) -> str:
    """SHA-256 over the canonical JSON of all that the event says."""
    return digest(canonical_json(said_by(event)))


def story_of(event: Event) -> Sentence:
    """What happened, in a sentence."""
    return say(STORIES[event.type], **event.payload)


def history_of(declaration: Declaration) -> Iterator[Event]:
    """A declaration's events, newest first."""
    return iter(declaration.events.select_related("actor").order_by("-sequence"))
