"""Evaluations by experts: their sheets, the report, and the unit's reply."""
