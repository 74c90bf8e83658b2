"""The library of indicators: what names people use, for what, with which targets."""
