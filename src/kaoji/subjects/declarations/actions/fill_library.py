"""Fill the library of indicators on a new or upgraded site: what is on record, then the sample."""

from __future__ import annotations

from kaoji.documents.reader import read_document
from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.actions.learn_indicators import catch_up, seed

SOURCE = "示例：上海市松江区民政局 2023 年度 17 份申报表"


def fill_library() -> None:
    """Learn from every declaration not yet learned from, and bring the sample's names along.

    Safe to stop and to call again: nothing is taken in twice. No event: the library is derived.
    """
    reading = read_document(SONGJIANG_2023.read_bytes(), name=SONGJIANG_2023.name)
    catch_up()
    seed((item.form for item in reading.forms), source=SOURCE)
