"""Offices of bodies that a text names or describes, which are no state's: "Halden Rail president"."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.resolve.describe import body_behind
from pipeline.resolve.facts import Facts
from pipeline.resolve.scan import Scan
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary

OF_BODIES = frozenset({"envoy", "spokesperson", "official", "aide"})
"""Categories of offices that not only states have."""
_AT_BODIES = frozenset({"of", "at"})
_BETWEEN = 3  # tokens between an office and the region that it is of


def of_own_body(scans: Mapping[int, Scan], vocabulary: Vocabulary, facts: Facts) -> bool:
    """Whether the office is of a body that the text names: "Halden Rail president", "head of Vialog"."""
    for block_no, description in facts.described:
        role = description.roles[-1] if description.roles else None
        if role is not None and role.role.noun not in vocabulary.local and _of_region(scans[block_no], role):
            return True
        if role is None or role.role.category not in OF_BODIES | {"head"}:
            continue
        if not description.hint.known and _body_after(scans[block_no], role):
            return True
        if role.start == 0:
            continue
        scan = scans[block_no]
        before = scan.tokens[role.start - 1]
        if before.i in scan.match_at or before.i in scan.name_at:
            continue
        if role.role.category == "head":
            # "the local president", "factory leader": states have neither
            if before.lower_ == "local" or (before.pos_ in {"NOUN", "PROPN"} and before.dep_ == "compound"):
                return True
            continue
        named = before.pos_ == "PROPN" and before.ent_type_ in {"ORG", "PRODUCT", "FAC"}
        if named and before.lower_ not in vocabulary.institution_heads:
            return True
    return False


def _of_region(scan: Scan, role: RoleMatch) -> bool:
    """Whether the office is that of a region, no state: "the de facto president of occupied Adjara"."""
    i = role.end
    if i + 1 >= len(scan.tokens) or scan.tokens[i].lower_ != "of":
        return False
    i += 1
    while i < len(scan.tokens) - 1 and scan.tokens[i].is_lower and i - role.end < _BETWEEN:
        i += 1
    match = scan.match_at.get(i)
    return match is not None and match.entry.kind == "place"


def _body_after(scan: Scan, role: RoleMatch) -> bool:
    """Whether a proper name that no data knows follows the office: "president of the Dockers"."""
    i = body_behind(scan, role.end, _AT_BODIES)
    return i is not None and i not in scan.match_at and i not in scan.role_at
