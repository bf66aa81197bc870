"""Extraction of rows from parsed pages: statements, meetings, issue positions."""
