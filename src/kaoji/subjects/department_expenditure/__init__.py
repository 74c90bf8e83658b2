"""The whole expenditure of a place (部门整体支出): its promise for a year and what became of it."""
