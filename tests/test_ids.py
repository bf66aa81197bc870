"""Keys are digests of content and position: stable, and different wherever a part differs."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import digest_id, sha256_hex

PART = st.one_of(st.none(), st.integers(), st.text(st.characters(exclude_characters="\x00\x1f")))


def test_a_key_is_the_same_on_every_machine():
    assert digest_id("doc", "a.txt", 0, None) == "doc_" + sha256_hex(b"a.txt\x1f0\x1f\x00")[:16]


@given(st.lists(PART), st.lists(PART))
def test_keys_are_equal_exactly_if_the_parts_read_the_same(left, right):
    def readable(parts):
        return [None if part is None else str(part) for part in parts] or [""]

    assert (digest_id("x", *left) == digest_id("x", *right)) == (readable(left) == readable(right))


def test_a_name_that_is_no_valid_text_has_a_key_of_its_own():
    assert digest_id("doc", "\udcff.txt") != digest_id("doc", "\udcfe.txt")
