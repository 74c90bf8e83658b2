"""The tables whose rows events vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.platform.imports.models import Batch

AUDITED = {
    "batches": Told(Batch, shows_files=True),
}
