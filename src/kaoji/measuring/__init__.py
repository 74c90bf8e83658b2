"""How actual values come from evidence: one interface, one file for each way of measuring."""
