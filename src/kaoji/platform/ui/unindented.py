"""Templates are indented for those who read them; pages go out without that."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"\n[ \t]+")
_INSIDE_A_TAG = r"(?:\{%.*?%\}|\{\{.*?\}\}|\"[^\"]*\"|[^>\"])*"
# A cell in which nothing stands has to be :empty; small screens leave such cells out.
_BEGIN_OF_CELL = re.compile(rf"(<t[dh]\b{_INSIDE_A_TAG}>)\n", re.DOTALL)
_END_OF_CELL = re.compile(r"\n(?=</t[dh]>)")


class Loader(filesystem.Loader):
    """Takes the blanks at the beginning of each line away, and the breaks at both ends of a cell."""

    def get_contents(self, origin: Origin) -> str:
        """The text of a template. What a `<textarea>` or `<pre>` holds has to begin a line."""
        text = _INDENTATION.sub("\n", super().get_contents(origin))
        return _END_OF_CELL.sub("", _BEGIN_OF_CELL.sub(r"\1", text))
