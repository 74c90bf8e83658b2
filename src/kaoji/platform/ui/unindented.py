"""Templates are indented for those who read them; pages go out without that."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"\n[ \t]+")
# Between the parts of a table or of a choice nothing is ever shown. A cell in which nothing stands has to
# be :empty besides: small screens leave such cells out.
_PART = r"</?(?:td|th|tr|thead|tbody|tfoot|option|optgroup)\b"
# One way only to read each sign, else a long tag takes for ever.
_OF_A_TEMPLATE = r"\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}"
_INSIDE_A_TAG = rf"(?:{_OF_A_TEMPLATE}|\"[^\"]*\"|\{{(?![{{%])|[^>\"{{])*"
_BEFORE_A_PART = re.compile(rf"\n(?={_PART})")
_BEHIND_A_PART = re.compile(rf"({_PART}{_INSIDE_A_TAG}>)\n", re.DOTALL)


class Loader(filesystem.Loader):
    """Takes the blanks at the beginning of each line away, and the breaks between the parts of a table."""

    def get_contents(self, origin: Origin) -> str:
        """The text of a template. What a `<textarea>` or `<pre>` holds has to begin a line."""
        text = _INDENTATION.sub("\n", super().get_contents(origin))
        return _BEHIND_A_PART.sub(r"\1", _BEFORE_A_PART.sub("", text))
