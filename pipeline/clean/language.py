"""Whether a text is English.

The identifier is py3langid: its model ships in the package (4 MB), it loads in 0.7 s and 60 MB only when
a document asks, and it is deterministic. langdetect draws random samples; lingua needs 96 MB on disk,
1 GB of memory and 10 s for its first answer. On sentences of a few words, most of them foreign names, all
three err ("Zelenskyy, Yermak and Umerov met Witkoff" is taken for Dutch, Norwegian and Latin), so short
texts are judged by the share of English function words, which no other language reaches.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pipeline.clean.lines import WORD
from pipeline.clean.reference import English

_SAMPLE = 6000
_SURE_SHARE = 0.33
_LEAST_SHARE = 0.2
_SHORT = 60
"""Words below which the identifier is not trusted against the function words."""


def looks_english(text: str, english: English) -> tuple[bool, str]:
    """Whether `text` is English, and the language it was taken for (ISO 639 code)."""
    sample = text[:_SAMPLE]
    words = [w.lower() for w in WORD.findall(sample)]
    share = sum(w in english.function_words for w in words) / max(1, len(words))
    if words and (share >= _SURE_SHARE or (len(words) < _SHORT and share >= _LEAST_SHARE)):
        return True, "en"
    language = _identifier()(sample)
    return language == "en", language


@lru_cache(maxsize=1)
def _identifier() -> Callable[[str], str]:
    import py3langid

    return lambda text: str(py3langid.classify(text)[0])
