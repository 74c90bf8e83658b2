"""kaoji 考绩: declare, check and follow what public money promises to achieve."""

from kaoji.public import Checked, FileRead, Scored, check, read, read_many, render, score

__all__ = ["Checked", "FileRead", "Scored", "check", "read", "read_many", "render", "score"]
__version__ = "0.1.0"
