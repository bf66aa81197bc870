"""What Parley knows: pure functions from data to data, and the contract that its tables keep.

Nothing in this package imports Dagster, and importing it does not load spaCy.
"""

__version__ = "0.1.0"
