"""Frames for checks: pure functions that lay out what an expectation compares, beside the rows' keys."""
