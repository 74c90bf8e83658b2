"""What is due in this room by the end of which stage, and who has to do it."""

from __future__ import annotations

from kaoji.subjects.self_evaluation.queries import not_self_evaluated
from kaoji.workflow.moves import Stage
from kaoji.workflow.roles import MAY_FILE

DUE = {Stage.SELF_EVALUATION: (MAY_FILE, not_self_evaluated)}
