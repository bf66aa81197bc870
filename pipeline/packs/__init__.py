"""Making domain packs: `scaffold` writes one, `check` finds its faults, `coverage` tells what it misses.

`python -m pipeline.packs NAME` (`make pack NAME=...`) does what is next for the pack of that name.
"""
