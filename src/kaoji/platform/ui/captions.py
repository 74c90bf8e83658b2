"""What fields are called on the form, as short as a label."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kaoji.core.field_names import FIELD_NAMES
from kaoji.core.paths import FieldPath


def caption_of(path: str) -> str:
    """`indicators[3].level2` → 第 4 行 二级指标; an unknown path stands for itself."""
    if path in FIELD_NAMES:
        return _(FIELD_NAMES[path])
    line, _dot, part = path.rpartition(".")
    if line in FIELD_NAMES and part in FIELD_NAMES:
        return f"{_(FIELD_NAMES[line])} {_(FIELD_NAMES[part])}"
    try:
        field = FieldPath.parse(path)
    except ValueError:
        return path
    if field.row is None or field.name not in FIELD_NAMES:
        return path
    row = _("第 {number} 行").format(number=field.row + 1)
    return f"{row} {_(FIELD_NAMES[field.name])}"
