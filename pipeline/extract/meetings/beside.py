"""Where and when a meeting was that is told beside another: after the talks of the day, on the same tour."""

from __future__ import annotations

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.grades import GradeReader
from pipeline.extract.meetings.occasions import Occasion
from pipeline.extract.meetings.pointing import also, without_place
from pipeline.extract.meetings.references import Resolver
from pipeline.extract.meetings.sides import Found

_BESIDE_REACH = 2  # lines back to the talks beside which two met


def give_place_beside(
    candidate: Candidate, occasion: Occasion, resolver: Resolver, grades: GradeReader
) -> None:
    """ "Late that night the ministers conferred in private": where the talks just told of were."""
    if candidate.form == "phone" or occasion.spot is not None or candidate.wide is not None:
        return
    if not grades.of_candidate(candidate).beside and not also(candidate):
        return
    bare = without_place(candidate)
    if also(candidate):
        _give_place_of_tour(candidate, resolver)
        return
    bare.found, bare.readings = Found(), candidate.readings
    hit = resolver.by_context(bare, reach=_BESIDE_REACH)
    if hit is not None and hit[0].spot is not None:
        candidate.wide = hit[0].spot.name


def give_talks_beside(candidate: Candidate, resolver: Resolver) -> bool:
    """ "The two men sat in the bar until dawn": where and when the talks just told of were, if any."""
    bare = without_place(candidate)
    bare.found = Found()
    hit = resolver.by_context(bare, reach=1)
    if hit is None or not hit[0].of_two() or not hit[0].held:
        return False
    days, spot = hit[0].days, hit[0].spot
    candidate.wide = None if spot is None else spot.name
    candidate.readings = () if days is None else (days,)
    return True


def _give_place_of_tour(candidate: Candidate, resolver: Resolver) -> None:
    """ "X met Y in New York. He also met Z": a person who also met somebody did so there."""
    for side in candidate.sides:
        bare = without_place(candidate)
        bare.found, bare.readings = Found([side]), candidate.readings
        hit = resolver.by_context(bare, reach=_BESIDE_REACH) if side.name is not None else None
        if hit is not None and hit[0].spot is not None and not hit[0].spot.is_country:
            candidate.wide = hit[0].spot.name
            return
