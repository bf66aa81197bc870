"""Closed classes of words, as written, that tell how a clause stands to a meeting."""

import re

GATHERING = frozenset({"meet", "gather", "convene", "reconvene"})
REGARDING = frozenset({"regarding", "concerning"})
TOLD_BY_HEAD = frozenset({
    "dobj", "attr", "dative", "oprd", "acomp", "npadvmod", "conj", "appos", "poss", "nmod", "ROOT",
})  # fmt: skip
GOVERNING = frozenset({
    "of", "for", "on", "to", "at", "about", "in", "with", "against", "from", "forward", "out",
})  # fmt: skip
TOPIC = frozenset({"on", "about", "over"})
SETTING = frozenset({"at", "in", "on", "with", "from", "over"})
DATES = frozenset({"date", "venue", "time", "place", "location", "site", "agenda", "schedule", "timetable"})
PURPOSES = frozenset({"aim", "goal", "purpose", "objective"})
BENT_ON = frozenset({"to", "on", "about", "toward", "towards"})
HAVING = frozenset({"have", "has", "had", "having", "’ve", "'ve", "’d"})
NUMBERED = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
NOMINAL = frozenset({"nsubj", "nsubjpass"})
RELOCATING = frozenset({"move", "relocate", "switch", "shift", "transfer"})
GIVING = frozenset({"give", "throw"})
OPENING = frozenset({"begin", "open", "start", "commence", "launch", "convene", "kick"})
RESUMING = frozenset({"resume", "restart", "reopen", "reconvene", "revive", "relaunch"})
FOLLOWING = frozenset({"follow", "succeed", "precede"})
CLOSING = frozenset({
    "end", "conclude", "finish", "wrap", "close", "adjourn", "break", "collapse", "complete",
})  # fmt: skip
THEN = frozenset({
    "later", "afterwards", "afterward", "thereafter", "immediately", "subsequently", "eventually",
})  # fmt: skip
