"""What this room sets beside a form of the next year."""

from __future__ import annotations

from kaoji.subjects.consequences.queries import results_for

BESIDE = {"results": results_for}
