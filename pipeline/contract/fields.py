"""Fields that several tables share, each defined once, and the meaning of every allowed value."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from pipeline.contract.schema import Column, ColumnType, Reference

Meanings = MappingProxyType[str, str]


def meanings(**values: str) -> Meanings:
    """Allowed values with their meaning, in order."""
    return MappingProxyType(values)


ID: Final = r"[a-z]+_[0-9a-f]{16}"
PARTY: Final = r"[A-Z][A-Z0-9_-]+"
SHA256: Final = r"[0-9a-f]{64}"

# --- meaning of allowed values -------------------------------------------------------------------

DATE_BASIS: Final = meanings(
    explicit="the text (or the file's metadata) gives the date itself",
    relative="resolved from a phrase such as 'on Tuesday' against the date of the entry or document",
    document="no date given: the entry's or document's own date is taken",
    inferred="worked out from other evidence, such as named days or other documents",
    unknown="not known; the range is null",
)
BLOCK_KIND: Final = meanings(
    title="headline of the document",
    byline="who wrote it, where and when",
    heading="heading inside the text",
    day_heading="heading of a live feed that dates the entries after it",
    body="editorial text, the only kind that statements, meetings and positions are read from",
    boilerplate="not editorial: navigation, share bars, credits, copyright lines, advertisements",
)
ENTITY_KIND: Final = meanings(
    person="a named person",
    institution="a ministry, office, agency, company or international organisation",
    government="a state, or a capital or seat that stands for its government",
    group="a set of actors without an office of its own, such as 'European leaders'",
    media="an outlet or news agency",
    place="a place that is not named as an actor",
)
ACTOR_KIND: Final[Meanings] = MappingProxyType(
    {kind: meaning for kind, meaning in ENTITY_KIND.items() if kind != "place"}
    | {"anonymous": "a source that the text does not name, such as 'a senior diplomat'"}
)
RESOLUTION: Final = meanings(
    name="the full name",
    alias="another spelling or a known short form",
    surname="the surname alone, resolved to the full name of its document",
    title="an office, resolved to who held it",
    metonym="a place or building that stands for a government or office",
    pronoun="a pronoun, resolved to whom it refers to",
    description="a description such as 'the Russian leader'",
)
STATEMENT_FORM: Final = meanings(
    direct="all of the content stands in quotation marks",
    indirect="none of it does",
    mixed="part of it does",
)
MEETING_FORM: Final = meanings(
    in_person="face to face",
    phone="by telephone",
    video="by video link",
    unknown="the text does not say",
)
MEETING_STATUS: Final = meanings(
    held="has taken place",
    ongoing="is taking place",
    scheduled="is arranged or expected",
    proposed="is wanted, offered or possible",
    cancelled="was called off, postponed or put on hold",
    ruled_out="is refused, or said not to be planned",
)
STANCE: Final = meanings(
    support="wants, accepts or demands it",
    oppose="rejects it, refuses it or warns against it",
    conditional="accepts it under a condition, or in part",
    open="ready to discuss it, does not rule it out, or undecided",
)
POSITION_BASIS: Final = meanings(
    own="the actor said it",
    reported="the text or another source says that the actor holds it",
)

SET_ASIDE_STEP: Final = meanings(
    parsing="the language model reads the lines of a page",
    linking="mentions of actors and places are linked to entities",
    statements="statements are read off a page",
    meetings="mentions of meetings are read off a page",
    merging="mentions of meetings are merged over all pages",
    positions="issue positions are read off a page",
)
SET_ASIDE_CODE: Final = meanings(
    exception="the step failed on the page: all rows that it would have given are missing",
    out_of_time="reading the page took longer than a document may: all its rows are missing",
    out_of_memory="reading the page took more memory than a worker may hold: all its rows are missing",
    worker_died="the process that read the page died of it, twice: all its rows are missing",
    sentence_too_long="a sentence was too long to be read: no rows come from it",
    evidence="the words are not those that stand at the row's offsets",
    outside_block="the offsets do not lie in one line, or not in the line that the row names",
    not_editorial="the offsets lie in a line that rows are not read from, such as boilerplate",
    type="a value is not of its column's type",
    not_null="a value that every row has is missing",
    values="a value is none of those that its column allows",
    pattern="a value does not have its column's form",
    range="a number is outside its bounds",
    unique="the key is that of an earlier row",
    foreign_key="a key or party code leads nowhere",
    ordered="a range of days or characters runs backwards or has one end only",
    reader_answer="the reader's answer for a line was no answer of the form asked for",
    reader_evidence="words that the reader gave as evidence or condition do not stand in the line",
    reader_actor="the reader named an actor that the line does not",
    reader_issue="the reader named an issue that the pack does not have",
    reader_stance="the reader gave a stance that there is not",
    reader_twice="the reader answered twice on an actor and an issue",
    reader_unavailable="the reader gave no answer",
    reader_limit="the line was not put to the reader: the limit of requests was reached",
    reader_withheld="the line was not put to the reader: it speaks to a model, or is too long",
    reader_differs="the rule's position: the reader's stands in its place",
)

# --- keys ----------------------------------------------------------------------------------------

_STABLE = "A digest of content and position: the same on every machine and in every run."


def key(name: str, thing: str) -> Column:
    """The id column of a table."""
    return Column(name, ColumnType.STRING, f"Key of the {thing}. {_STABLE}", pattern=ID)


DOCUMENT_ID = key("document_id", "document")
BLOCK_ID = key("block_id", "block (line)")
ENTITY_ID = key("entity_id", "entity")
STATEMENT_ID = key("statement_id", "statement")
MEETING_ID = key("meeting_id", "meeting")
POSITION_ID = key("position_id", "position")
MENTION_ID = key("mention_id", "mention")
ISSUE_ID = Column("issue_id", ColumnType.STRING, "Short name of the issue.", pattern=r"[a-z][a-z0-9_]*")

IN_DOCUMENT = DOCUMENT_ID.but(
    description="Document that the row was read from.", references=Reference("documents", "document_id")
)
IN_BLOCK = BLOCK_ID.but(
    description="Block (line) of the document that the row was read from.",
    references=Reference("blocks", "block_id"),
)
OF_ENTITY = ENTITY_ID.but(references=Reference("entities", "entity_id"))
OF_MEETING = MEETING_ID.but(references=Reference("meetings", "meeting_id"))
OF_ISSUE = ISSUE_ID.but(
    description="Issue that the position is on.", references=Reference("issues", "issue_id")
)
IN_STATEMENT = STATEMENT_ID.but(
    description="Statement in which a speaker asserts it; null if the reporter asserts it.",
    nullable=True,
    references=Reference("statements", "statement_id"),
)

# --- positions in the text -----------------------------------------------------------------------

CHAR_START = Column(
    "char_start",
    ColumnType.INTEGER,
    "Where the evidence begins: 0-based offset into documents.text.",
    minimum=0,
    unit="characters",
)
CHAR_END = CHAR_START.but(
    name="char_end", description="Where the evidence ends: offset of the first character after it."
)
EVIDENCE = Column(
    "evidence",
    ColumnType.STRING,
    "Words of the document that show it, copied exactly: "
    "substr(documents.text, char_start + 1, char_end - char_start).",
)

# --- who -----------------------------------------------------------------------------------------

PARTY_CODE = Column(
    "party",
    ColumnType.STRING,
    "Whom the actor acts for: ISO 3166 alpha-2 code of a state, or the code of a bloc or organisation "
    "(EU, NATO, UN, IMF, EUROPE for European states as a group, ...). Null for journalists, analysts, "
    "media, private people and former officials, and where it is not known.",
    nullable=True,
    pattern=PARTY,
)
PARTIES = PARTY_CODE.but(
    name="parties",
    type=ColumnType.STRINGS,
    description="Parties that take part, as party codes in alphabetical order; empty if none is known.",
    nullable=False,
)
REPORTED_BY = Column(
    "reported_by",
    ColumnType.STRING,
    "Outlet or journalist whom the text names as the source of the report; null if none is named. "
    "Never the publisher of the document itself.",
    nullable=True,
)
PLACE = Column("place", ColumnType.STRING, "City or country where it takes place; null if not given.", True)

# --- when ----------------------------------------------------------------------------------------

DATE_FROM = Column(
    "date_from",
    ColumnType.DATE,
    "First day on which it takes or took place; null if unknown.",
    nullable=True,
)
DATE_TO = DATE_FROM.but(
    name="date_to", description="Last such day, inclusive; equals date_from for one day, null if unknown."
)
DATE_TEXT = Column(
    "date_text", ColumnType.STRING, "Phrase that the date was read from; null if there is none.", True
)
BASIS_OF_DATE = Column("date_basis", ColumnType.STRING, "How the date is known.", values=DATE_BASIS)

# --- trust ---------------------------------------------------------------------------------------

CONFIDENCE = Column(
    "confidence",
    ColumnType.NUMBER,
    "How likely the row is right: of the rows at 0.8, about 80% are right on annotated documents.",
    minimum=0,
    maximum=1,
)
RULE = Column(
    "rule",
    ColumnType.STRING,
    "Name of the rule in the code that produced the row, so that a wrong row leads to its cause.",
)
SOURCE_FILE = Column(
    "source_file",
    ColumnType.STRING,
    "Path of the input file under the folder of input documents; with `#` and its number for a record of a "
    "file that holds many.",
)
FILE_SHA256 = Column(
    "sha256",
    ColumnType.STRING,
    "SHA-256 of the input's bytes, uncompressed, in hexadecimal digits.",
    pattern=SHA256,
)
