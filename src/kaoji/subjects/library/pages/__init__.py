"""The library of indicators: search, what is usual, how each is defined and measured."""
