"""Word documents as a reader sees them, in every dress that Word gives them.

`package` finds the parts of a file and speaks of one namespace only, `blocks` goes through paragraphs
and tables, `inline` through the signs of a paragraph; `styles`, `numbers`, `fields`, `equations` know
what the signs on the page are made of.
"""
