"""The briefing: what a run changed and where things stand, as sentences and as a page for each morning."""

from pipeline.briefing.changes import Changes, changes_between
from pipeline.briefing.page import render_briefing
from pipeline.briefing.state import State, read_state

__all__ = ["Changes", "State", "changes_between", "read_state", "render_briefing"]
