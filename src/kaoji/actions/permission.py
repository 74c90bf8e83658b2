"""May this person do this? Asked first in every action; the answer “no” has a reason."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.core.speech import Sentence, say


class UnableToAct(Exception):
    """The action is refused; the sentence says why and what would help."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class NotPermitted(UnableToAct):
    """The person lacks the permission."""


MAY_IMPORT = "records.add_declaration"
MAY_OPEN_ACCOUNTS = "auth.add_user"
MAY_VIEW = "records.view_declaration"
MAY_FILE = "records.file_declaration"
MAY_REVIEW_FOR_DEPARTMENT = "records.review_for_department"
MAY_REVIEW_FOR_FINANCE = "records.review_for_finance"
MAY_WAIVE = "records.add_waiver"
MAY_OVERRIDE = "records.add_override"
MAY_WRITE_SHEETS = "records.add_indicatorsheet"


def require(user: User, permission: str) -> None:
    """Raise NotPermitted unless the person holds the permission."""
    if not user.is_active or not user.has_perm(permission):
        raise NotPermitted(say("“{name}”没有此项权限；请联系管理员", name=user.get_username()))
