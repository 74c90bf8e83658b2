"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.declarations.models import Declaration, Revision, Waiver

STORIES = {
    "declaration.recorded": "建立申报表“{project}”",
    "declaration.revised": "以第 {revision} 版更新了“{project}”",
    "finding.waived": "豁免 {rule}“{place}”至 {until}：{reason}",
    "waiver.ended": "终止了 {rule}“{place}”的豁免",
}
_REPORT_COLUMNS = frozenset({"errors", "warnings", "hints", "undecided"})
# What the parser of the day makes of a form: it may make more of it tomorrow.
_DERIVED = frozenset({"search_text", "measurable"})
AUDITED = {
    "declarations": Told(Declaration, _REPORT_COLUMNS | _DERIVED),
    "revisions": Told(Revision, sealed=frozenset({"notes"})),
    "waivers": Told(Waiver),
}
