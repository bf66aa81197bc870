"""Whether a text is English.

The identifier is py3langid: its model ships in the package (4 MB), it loads in 0.7 s and 60 MB only when
a document asks, and it is deterministic. langdetect draws random samples; lingua needs 96 MB on disk,
1 GB of memory and 10 s for its first answer. On sentences of a few words, most of them foreign names, all
three err ("Zelenskyy, Yermak and Umerov met Witkoff" is taken for Dutch, Norwegian and Latin). So the share
of function words that only English has ("the", "of", "that") is asked first: it is a fifth to a third of
English prose, less among names, and next to nothing in other languages; the identifier is asked in doubt.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pipeline.clean.lines import WORD
from pipeline.clean.reference import English

_SAMPLE = 6000
_SURE_SHARE = 0.18
_LEAST_SHARE = 0.08
_SHORT = 60
"""Words below which the identifier is not trusted against the function words."""


def looks_english(text: str, english: English) -> tuple[bool, str]:
    """Whether `text` is English, and the language it was taken for (ISO 639 code)."""
    sample = text[:_SAMPLE]
    words = [w.lower() for w in WORD.findall(sample)]
    own = english.function_words - english.shared_words
    share = sum(w in own for w in words) / max(1, len(words))
    if words and (share >= _SURE_SHARE or (len(words) < _SHORT and share >= _LEAST_SHARE)):
        return True, "en"
    language = _identifier()(sample)
    return language == "en", language


@lru_cache(maxsize=1)
def _identifier() -> Callable[[str], str]:
    import py3langid

    return lambda text: str(py3langid.classify(text)[0])
