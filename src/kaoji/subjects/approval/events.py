"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.approval.models import ApprovalLetter

STORIES = {
    "letter.issued": "发出批复 {reference}（{count} 份）",
}
AUDITED = {
    "letters": Told(ApprovalLetter, shows_files=True),
}
