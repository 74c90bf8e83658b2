"""Benefits from a list to the bank and back: who is known, what a run grants, who approved it, what the bank said."""
