"""A way out to the integrated budget platform (预算管理一体化): sheets with its columns, filled from ours.

    promises with their reports → lines of a kind (lines.py) → cells by the mapping (rows.py) → a workbook (workbook.py)

Which columns there are, and what fills them, is data: standards/exchange.yaml. What is not known stays empty and is told.
"""
