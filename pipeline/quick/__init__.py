"""Parts of a spaCy model in quicker form: the same parses, attribute by attribute, in a fraction of the time.

Each module takes the place of one part with that part's own weights and rules, wherever it knows what the
part does, and leaves it alone where it does not. `load_model` puts them in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.quick import arcs, lemmas, recogniser, ruler, tokvecs

if TYPE_CHECKING:
    from spacy.language import Language


def quicken(nlp: Language) -> Language:
    """Put every quick part that knows the model's own in its place, and give the model back."""
    for part in (arcs, ruler, lemmas, recogniser, tokvecs):
        part.quicken(nlp)
    return nlp
