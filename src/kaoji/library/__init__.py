"""The library of indicators: names that mean the same, what is usual, what to suggest."""
