"""What an administrator set otherwise: a rule's severity, a rule off, a threshold's value.

The rules themselves stay as they are written; an override names them by id and is applied
when a form is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kaoji.core.finding import Severity


@dataclass(frozen=True)
class Overrides:
    """By the id of the rule, and by the name of the threshold."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)


AS_WRITTEN = Overrides()
