"""Why a row was read so: the heading over it, how sure each cell is, and what else it may be."""

from __future__ import annotations

from collections.abc import Sequence

from kaoji.core.speech import Sentence, say
from kaoji.documents.recognise.fit import column_kind
from kaoji.documents.recognise.table import JUNK, Columns, Segment

COLUMN_NAMES = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "指标值",
    "op": "符号",
    "unit": "计量单位",
    "weight": "分值",
    "score": "得分",
    "actual": "实际完成值",
    "forecast": "预计完成值",
    "partway": "阶段目标值",
    "previous": "上年值",
    "reason": "原因和措施",
    "likelihood": "完成可能性",
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "executed": "执行数",
    "rate": "执行率",
    "points": "分值",
    "line": "资金来源",
    JUNK: "不属于任何栏",
}
_LONGEST = 30


class Explanation:
    """Collects a sentence for each heading and each row while a document is read."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self._table: Columns | None = None

    def hear(self, table: Columns, row: Sequence[Segment]) -> None:
        """Take a row of a table."""
        if table is not self._table:
            self._table = table
            self.sentences.append(_of_heading(table))
        cells = "；".join(f"{column_name(table, item.name)}“{item.text[:_LONGEST]}”{_surely(table, item)}" for item in row)  # fmt: skip
        line = row[0].atoms[0].origin.line or row[0].atoms[0].origin.row or 0
        self.sentences.append(say("第 {line} 行：{cells}", line=line, cells=cells))


def column_name(table: Columns, field: str) -> str:
    """What a column is called: as it is printed, else as it usually is."""
    printed = table.names[table.fields.index(field)] if table.has(field) else ""
    if printed and printed != field:
        return printed
    kind, _, name = field.partition(":")
    return name or COLUMN_NAMES.get(column_kind(kind), "其他栏")


def _of_heading(table: Columns) -> Sentence:
    columns = " | ".join(column_name(table, field) for field in table.fields)
    if table.guessed:
        return say("没有表头，各栏按内容认作：{columns}", columns=columns)
    if table.lines_are_rows:
        return say("表头：{columns}（一行是一项指标）", columns=columns)
    return say("表头：{columns}（行与指标不对应，按内容分）", columns=columns)


def _surely(table: Columns, cell: Segment) -> str:
    share = f" {cell.sure:.0%}"
    return f"{share}（或{column_name(table, cell.rival)}）" if cell.rival else share
