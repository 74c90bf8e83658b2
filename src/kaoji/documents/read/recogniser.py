"""The optional extra that makes out signs on pictures: is it here?"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec

from kaoji.core.speech import say
from kaoji.documents.read.page.ink import Ink
from kaoji.documents.read.refusals import UnreadableDocument

SCAN_DPI = 150


class ScanNotInstalled(UnreadableDocument):
    """There are only pictures, and nothing here can make out their signs."""

    def __init__(self) -> None:
        super().__init__(
            say("这是扫描件或图片，没有文字层；请安装 kaoji[scan] 后再读，或先识别成文字")
        )


class NeedsScanner(Exception):
    """A page has to be made out from a picture, for which this process has no room."""


# Set where a process is too small for the recogniser: it says so, and a larger one reads instead.
WITHOUT_SCANNER = "KAOJI_WITHOUT_SCANNER"


def recogniser() -> Callable[..., Ink] | None:
    """What turns a picture into ink; None where kaoji[scan] is not installed. Raises NeedsScanner."""
    if os.environ.get(WITHOUT_SCANNER) and find_spec("rapidocr") is not None:
        raise NeedsScanner
    try:
        from kaoji.documents.read.scan import ink_of_picture
    except ImportError:
        return None
    return ink_of_picture
