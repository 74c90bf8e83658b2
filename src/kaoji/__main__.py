"""`python -m kaoji` is the command line."""

from kaoji.cli import main

main(prog_name="kaoji")
