"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.intake.models import Intake

STORIES = {
    "document.imported": "上传了“{document}”，读到 {forms} 份表、{doubts} 处存疑",
    "doubt.settled": "就“{project}”的 {field} 定为“{value}”（原读作“{before}”）",
    "doubt.reopened": "撤销了对“{project}”的 {field} 的确认",
    "intake.confirmed": "保存了“{document}”中的 {saved} 份表，余 {left} 份",
    "intake.discarded": "放弃了“{document}”的导入",
}
AUDITED = {
    "intakes": Told(Intake, sealed=frozenset({"reading", "original", "rows"})),
}
