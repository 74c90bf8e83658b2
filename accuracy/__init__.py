"""How often are the rules right? Labelled forms, mutants with a known fault, and the table.

python -m accuracy            print the table
python -m accuracy --write    write it to docs/rules/accuracy.md and the package's data
python -m accuracy --check    exit 1 when these are stale or the figures are too low
"""
