"""Dates: temporal expressions in text, dates in page furniture, and publication days of documents."""
