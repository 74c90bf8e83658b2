"""What the build of the package does first: the English catalogue is compiled and taken along."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Run for the wheel, and for an installation that points to the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; `artifacts` in pyproject.toml takes along what git does not know."""
        program = runpy.run_path(str(Path(self.root) / "scripts" / "catalogues.py"))
        program["compile_below"](Path(self.root) / "src")
