"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.rectification.models import Rectification, RectificationStep

STORIES = {
    "rectification.opened": "要求整改：{finding}，{due_on} 前完成",
    "rectification.answer": "报送整改：{text}",
    "rectification.accept": "整改销号：{text}",
    "rectification.return": "整改退回：{text}",
    "rectification.extend": "整改延至 {due_on}：{text}",
}
AUDITED = {
    "rectifications": Told(Rectification, shows_files=True),
    "rectification_steps": Told(RectificationStep, shows_files=True),
}
