"""Why a document is refused; each refusal says what was found and what would help.

UnreadableDocument
├── EmptyDocument       nothing in it
├── DocumentTooLarge    more bytes than a form can need
├── ForeignFormat       an image, a PDF, a Word file: not plain text
└── NotText             bytes in no encoding that we know
"""

from __future__ import annotations

from kaoji.core.speech import Sentence, say


class UnreadableDocument(ValueError):
    """The document cannot be read at all."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class EmptyDocument(UnreadableDocument):
    """There is nothing in it."""

    def __init__(self) -> None:
        super().__init__(say("文件是空的；请选择含有申报表的文件"))


class DocumentTooLarge(UnreadableDocument):
    """It has more bytes than any set of forms needs."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            say(
                "文件太大（{size} MB，上限 {limit} MB）；请只保留申报表部分",
                size=-(-size // 1_000_000),
                limit=limit // 1_000_000,
            )
        )


class ForeignFormat(UnreadableDocument):
    """It is a known format, but not one that this version reads."""

    def __init__(self, format_name: Sentence) -> None:
        super().__init__(
            say(
                "这是{format}，目前读不了；请另存为 Word、Excel 或文本，图片请先识别成文字",
                format=format_name,
            )
        )


class NotText(UnreadableDocument):
    """Its bytes are text in no encoding that we know."""

    def __init__(self) -> None:
        super().__init__(
            say("文件不是文本（试过 UTF-8、UTF-16、GB18030）；请另存为 UTF-8 文本后再试")
        )
