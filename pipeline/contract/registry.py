"""Every table of the warehouse, declared once: all other descriptions of them are derived from here."""

from __future__ import annotations

from typing import Final

from pipeline.contract import fields as f
from pipeline.contract.schema import Column, ColumnType, Ordered, Reference, Span, Table
from pipeline.errors import ContractError, Reason

_STRING, _STRINGS = ColumnType.STRING, ColumnType.STRINGS
_INTEGER, _DATE, _TIMESTAMP = ColumnType.INTEGER, ColumnType.DATE, ColumnType.TIMESTAMP

MACHINE: Final = (
    "Extracted by machine: rows can be wrong and rows can be missing. "
    "Filter by confidence and read the evidence before you cite a row."
)
COVERAGE: Final = (
    "Covers what the documents of this corpus report, not what happened: "
    "counts reflect what was collected and how often outlets repeat each other."
)

DOCUMENTS = Table(
    name="documents",
    stage="clean",
    description="One row per accepted input document.",
    columns=(
        f.DOCUMENT_ID,
        f.SOURCE_FILE,
        Column("publisher", _STRING, "Site that published the page; null if it could not be told.", True),
        Column(
            "agency",
            _STRING,
            "Wire service that the text comes from, if another than the publisher; else null.",
            True,
        ),
        Column(
            "authors",
            _STRINGS,
            "Authors by the record's own metadata or the byline, in order; empty if none is named.",
        ),
        Column("title", _STRING, "Headline; null if the document has none.", True),
        Column(
            "published_from", _DATE, "First day on which it may have been published; null if unknown.", True
        ),
        Column(
            "published_to",
            _DATE,
            "Last such day, inclusive; equals published_from where the day is known, null if unknown. For a "
            "live feed, the day of its latest entry.",
            True,
        ),
        f.BASIS_OF_DATE.but(name="published_basis", description="How the publication date is known."),
        Column(
            "format",
            _STRING,
            "Kind of page.",
            values=f.meanings(
                article="one text with one date",
                live_feed="a page of dated entries that grew over time; see blocks.entry_date",
            ),
        ),
        Column("language", _STRING, "ISO 639-1 code of the text's language.", pattern="[a-z]{2}"),
        Column(
            "url",
            _STRING,
            "Address of the page, if the sidecar or the record itself gives it; else null.",
            True,
        ),
        Column(
            "text",
            _STRING,
            "The whole text: of a text file all of it, decoded as UTF-8 and nothing changed (a byte-order "
            "mark dropped); of other formats what their reader makes of it. All offsets point into it. "
            "It belongs to its publisher: kept in the database, left out of exports.",
            private=True,
        ),
        Column("n_words", _INTEGER, "Words of editorial text.", minimum=0, unit="words"),
        f.FILE_SHA256,
        f.DOCUMENT_ID.but(
            name="duplicate_of",
            description="Earliest document that this one nearly repeats: at least 70% of its text stands "
            "there, or at least 70% of the other here, making up half of it; null if it "
            "stands alone. Leave rows with a value out to count each text once.",
            nullable=True,
            references=Reference("documents", "document_id"),
        ),
        Column("ingested_at", _TIMESTAMP, "When this file with this content was first read, in UTC."),
    ),
    primary_key=("document_id",),
    order=("source_file", "document_id"),
    days=(Ordered("published_from", "published_to"),),
    warnings=(
        "Publisher, authors and publication date are read from the page where no metadata file gives them; "
        "published_basis says how the date is known, and an inferred date is a range.",
    ),
)

QUARANTINE = Table(
    name="quarantine",
    stage="raw",
    description="One row per input (a file, or a record of a file that holds many) that was refused, with "
    "the reason: inputs = documents + quarantine.",
    columns=(
        f.SOURCE_FILE,
        f.FILE_SHA256.but(
            nullable=True, description="SHA-256 of the input's bytes; null if they could not be read."
        ),
        Column(
            "reason",
            _STRING,
            "Why it was refused.",
            values=f.meanings(
                **{
                    Reason.EMPTY: "the file has no characters other than white space",
                    Reason.NOT_UTF8: "the bytes are not UTF-8 text",
                    Reason.BINARY: "the file holds control bytes that no text holds",
                    Reason.TOO_LARGE: "the file is larger than the limit set for a run",
                    Reason.UNREADABLE: "the file could not be opened or read",
                    Reason.BAD_SIDECAR: "the metadata file beside it is not valid",
                    Reason.TRUNCATED: "the file breaks off or is damaged there; what stood before was read",
                    Reason.MALFORMED: "the record is not what its format says, or holds no text",
                    Reason.NOT_CLEANED: "cleaning failed on it: the detail names the error and its place",
                    Reason.NO_PROSE: "nothing but boilerplate is left after cleaning",
                    Reason.NOT_ENGLISH: "the text is in another language than English",
                    Reason.DUPLICATE: "an input read before it has exactly the same bytes",
                }
            ),
        ),
        Column("detail", _STRING, "What was found, in a sentence."),
        Column("first_seen_at", _TIMESTAMP, "When this file with this content was first refused, in UTC."),
    ),
    primary_key=("source_file",),
    order=("source_file",),
    warnings=(
        "A file that the run never saw is not here: it lists what was refused, not what is missing from the "
        "folder of input documents.",
    ),
)

BLOCKS = Table(
    name="blocks",
    stage="clean",
    description="Every non-blank line of every document: what kind of line it is, and why it was so judged. "
    "Lines broken at a fixed width are one block a paragraph.",
    columns=(
        f.BLOCK_ID,
        f.IN_DOCUMENT,
        Column("block_no", _INTEGER, "Place of the line among the document's blocks, from 0.", minimum=0),
        f.CHAR_START.but(
            description="Where the line begins (without white space around it): "
            "0-based offset into documents.text."
        ),
        f.CHAR_END.but(description="Where the line ends: offset of the first character after it."),
        Column("kind", _STRING, "Kind of line.", values=f.BLOCK_KIND),
        f.RULE,
        Column(
            "entry_no",
            _INTEGER,
            "Entry of a live feed that the line belongs to, from 0 in the order of the page; "
            "null outside entries and in articles.",
            True,
            minimum=0,
        ),
        Column("entry_date", _DATE, "Day of that entry; null where the page does not date it.", True),
    ),
    primary_key=("block_id",),
    order=("document_id", "block_no", "block_id"),
    spans=(Span("char_start", "char_end"),),
    warnings=(
        "Judged by machine: a line of the report taken for boilerplate gives no rows in any other table.",
    ),
)

ENTITIES = Table(
    name="entities",
    stage="extract",
    description="People, institutions, governments, groups, media and places that the documents mention.",
    columns=(
        f.ENTITY_ID,
        Column("name", _STRING, "Usual full English name, one spelling over all documents."),
        Column("kind", _STRING, "Kind of entity.", values=f.ENTITY_KIND),
        f.PARTY_CODE,
        Column(
            "role",
            _STRING,
            "Office held, with who and when where known; null if the reference data and the text give none.",
            True,
        ),
        Column("aliases", _STRINGS, "Other forms under which the documents mention it, sorted."),
        Column(
            "wikidata_id",
            _STRING,
            "Wikidata item; null if the reference data has none.",
            True,
            pattern="Q[1-9][0-9]*",
        ),
        Column("n_mentions", _INTEGER, "Rows of entity_mentions.", minimum=0, unit="mentions"),
    ),
    primary_key=("entity_id",),
    order=("name", "entity_id"),
    warnings=(
        MACHINE,
        "A person in no reference data becomes an entity of the name that the text gives: "
        "two people of one name may be one row, and one person under two names may be two.",
    ),
)

ENTITY_MENTIONS = Table(
    name="entity_mentions",
    stage="extract",
    description="Every place in a document where an entity is named or referred to.",
    columns=(
        f.MENTION_ID,
        f.OF_ENTITY.but(description="Entity that is mentioned."),
        f.IN_DOCUMENT,
        f.CHAR_START.but(description="Where the mention begins: 0-based offset into documents.text."),
        f.CHAR_END.but(description="Where the mention ends: offset of the first character after it."),
        Column("surface", _STRING, "The mention as written."),
        Column("resolution", _STRING, "How the mention was matched to the entity.", values=f.RESOLUTION),
    ),
    primary_key=("mention_id",),
    order=("document_id", "char_start", "char_end", "mention_id"),
    spans=(Span("char_start", "char_end", "surface"),),
    warnings=(MACHINE, "Pronouns and descriptions are the least certain resolutions."),
)

STATEMENTS = Table(
    name="statements",
    stage="extract",
    description="Communications that a document attributes to somebody other than its reporter: "
    "one row per speaker and continuous content.",
    columns=(
        f.STATEMENT_ID,
        f.IN_DOCUMENT,
        f.IN_BLOCK,
        f.OF_ENTITY.but(
            name="speaker_entity_id",
            nullable=True,
            description="Entity that speaks; null for unnamed sources and where it was not resolved.",
        ),
        Column(
            "speaker_name",
            _STRING,
            "Who speaks: full name of a person, an institution or group as named, "
            "an unnamed source's descriptor as written.",
        ),
        Column("speaker_kind", _STRING, "Kind of speaker.", values=f.ACTOR_KIND),
        Column(
            "speaker_text",
            _STRING,
            "The speaker as written where the statement is made ('he', 'the minister'); "
            "null where the text names nobody there.",
            True,
        ),
        f.CHAR_START.but(
            name="speaker_start",
            nullable=True,
            description="Where speaker_text begins in documents.text; null with it.",
        ),
        f.CHAR_END.but(
            name="speaker_end",
            nullable=True,
            description="Offset of the first character after speaker_text; null with it.",
        ),
        Column("is_anonymous", ColumnType.BOOLEAN, "Whether the text leaves the source unnamed."),
        f.PARTY_CODE,
        Column("form", _STRING, "Whether the words are quoted.", values=f.STATEMENT_FORM),
        Column(
            "cue",
            _STRING,
            "Lemma of the word that marks the statement ('say', 'according to'); null where none does.",
            True,
        ),
        f.CHAR_START.but(
            name="cue_start",
            nullable=True,
            description="Where that word begins in documents.text; null with it.",
        ),
        f.CHAR_END.but(
            name="cue_end",
            nullable=True,
            description="Offset of the first character after that word; null with it.",
        ),
        Column(
            "content",
            _STRING,
            "What was communicated, copied exactly from its first to its last character, quotation marks "
            "included; an inserted 'he said' may stand inside.",
        ),
        f.CHAR_START.but(
            name="content_start", description="Where content begins: 0-based offset into documents.text."
        ),
        f.CHAR_END.but(name="content_end", description="Offset of the first character after content."),
        Column("quote", _STRING, "The words in quotation marks; null if the statement is indirect.", True),
        Column("addressee_name", _STRING, "Whom the speaker addressed; null if not given.", True),
        Column(
            "channel",
            _STRING,
            "Medium or occasion: X, Telegram, interview, press conference, ...; null if not given.",
            True,
        ),
        Column("told_to", _STRING, "Outlet or person to whom it was told; null if not given.", True),
        f.REPORTED_BY,
        f.DATE_FROM.but(
            name="stated_from", description="First day on which it may have been made; null if unknown."
        ),
        f.DATE_TO.but(
            name="stated_to",
            description="Last such day, inclusive; equals stated_from for one day, null if unknown.",
        ),
        f.DATE_TEXT.but(name="stated_text"),
        f.BASIS_OF_DATE.but(name="stated_basis"),
        Column(
            "issues",
            _STRINGS,
            "Issues that the content touches, sorted; empty if none. What the speaker wants is in "
            "issue_positions.",
            references=Reference("issues", "issue_id"),
        ),
        f.CONFIDENCE,
        f.RULE,
        f.STATEMENT_ID.but(
            name="repeats_statement_id",
            nullable=True,
            description="The earlier statement of the same document that this one tells again (after a "
            "standfirst or key points, in takeaways); null for others. Count only rows where it is null.",
            references=Reference("statements", "statement_id"),
        ),
        f.STATEMENT_ID.but(
            name="communication_id",
            description="First telling of the same communication in any document: the same speaker, the same "
            "or nearly the same words within three days. Its own statement_id where no earlier one is found. "
            "Count distinct values to count what was said, rows to count how often it was reported.",
            references=Reference("statements", "statement_id"),
        ),
    ),
    primary_key=("statement_id",),
    order=("document_id", "content_start", "content_end", "statement_id"),
    days=(Ordered("stated_from", "stated_to"),),
    spans=(
        Span("content_start", "content_end", "content"),
        Span("speaker_start", "speaker_end", "speaker_text"),
        Span("cue_start", "cue_end"),
    ),
    warnings=(
        MACHINE,
        COVERAGE,
        "Only direct statements are the speaker's words; indirect ones are the reporter's paraphrase.",
    ),
)

MEETINGS = Table(
    name="meetings",
    stage="extract",
    description="One row per real occasion, over all documents: talks, summits, visits and calls between "
    "different parties, also planned, refused and cancelled ones.",
    columns=(
        f.MEETING_ID,
        Column("label", _STRING, "Readable name: best known first day, place or form, who."),
        Column("form", _STRING, "How the parties meet.", values=f.MEETING_FORM),
        Column(
            "status",
            _STRING,
            "Latest known status; its history is in meeting_mentions.",
            values=f.MEETING_STATUS,
        ),
        f.DATE_FROM,
        f.DATE_TO,
        f.BASIS_OF_DATE,
        f.PLACE,
        Column(
            "country",
            _STRING,
            "ISO 3166 alpha-2 code of the country of the place; null if unknown.",
            True,
            pattern="[A-Z]{2}",
        ),
        f.PARTIES,
        Column("n_mentions", _INTEGER, "Rows of meeting_mentions.", minimum=1, unit="mentions"),
        Column(
            "n_publishers",
            _INTEGER,
            "Publishers whose documents mention it.",
            minimum=0,
            unit="publishers",
        ),
        Column("first_reported", _DATE, "Day of the first report; null if no report is dated.", True),
        Column("last_reported", _DATE, "Day of the latest report; null if no report is dated.", True),
        f.CONFIDENCE,
    ),
    primary_key=("meeting_id",),
    order=("date_from", "label", "meeting_id"),
    days=(Ordered("date_from", "date_to"), Ordered("first_reported", "last_reported")),
    warnings=(
        MACHINE,
        COVERAGE,
        "Mentions are merged cautiously: one occasion may appear as two rows. "
        "meeting_mentions.merge_rule says why a mention was put where it is.",
    ),
)

MEETING_PARTICIPANTS = Table(
    name="meeting_participants",
    stage="extract",
    description="People who take part in a meeting, according to any of its mentions.",
    columns=(
        f.OF_MEETING.but(description="Meeting that somebody takes part in."),
        f.OF_ENTITY.but(nullable=True, description="Participant; null where it was not resolved."),
        Column("name", _STRING, "Name of the participant, once per meeting."),
        f.PARTY_CODE,
    ),
    primary_key=("meeting_id", "name"),
    order=("meeting_id", "name"),
    warnings=(MACHINE, "Includes those who were only expected: see meetings.status."),
)

MEETING_MENTIONS = Table(
    name="meeting_mentions",
    stage="extract",
    description="One row per line of a document that asserts something about one meeting: "
    "the history of an occasion, report by report.",
    columns=(
        f.MENTION_ID,
        f.OF_MEETING.but(
            nullable=True, description="Meeting that it is a mention of; null until mentions are merged."
        ),
        f.IN_DOCUMENT,
        f.IN_BLOCK,
        f.CHAR_START,
        f.CHAR_END,
        f.EVIDENCE,
        Column("participants", _STRINGS, "People whom the mention gives as taking part, by full name."),
        f.PARTIES.but(description="Parties that the mention gives, as party codes; empty if none."),
        f.PLACE,
        Column("form", _STRING, "How the parties meet.", values=f.MEETING_FORM),
        Column("status", _STRING, "Status as asserted there and then.", values=f.MEETING_STATUS),
        f.DATE_FROM,
        f.DATE_TO,
        f.DATE_TEXT,
        f.BASIS_OF_DATE,
        Column(
            "reported_on",
            _DATE,
            "Day of the entry, the chronology's item or the document; null unless known to a month.",
            True,
        ),
        f.IN_STATEMENT,
        Column(
            "merge_rule",
            _STRING,
            "Why it was put with the meeting's other mentions; null if it is the only one.",
            True,
        ),
        f.CONFIDENCE,
        f.RULE,
    ),
    primary_key=("mention_id",),
    order=("document_id", "char_start", "char_end", "mention_id"),
    days=(Ordered("date_from", "date_to"),),
    spans=(Span("char_start", "char_end", "evidence"),),
    warnings=(MACHINE, COVERAGE),
)

ISSUES = Table(
    name="issues",
    stage="reference",
    description="Questions under negotiation, from the domain pack; empty for a pack that knows none.",
    columns=(
        f.ISSUE_ID,
        Column("label", _STRING, "Readable name."),
        Column("proposition", _STRING, "Sentence that a stance is for or against."),
    ),
    primary_key=("issue_id",),
    order=("issue_id",),
    warnings=(
        "The issues are those that somebody chose to look for: what else a negotiation turns on is not here.",
    ),
)

ISSUE_POSITIONS = Table(
    name="issue_positions",
    stage="extract",
    description="Where an actor stands on an issue, as a line of a document asserts it.",
    columns=(
        f.POSITION_ID,
        f.IN_DOCUMENT,
        f.IN_BLOCK,
        f.OF_ENTITY.but(
            name="actor_entity_id",
            nullable=True,
            description="Entity that holds the position; null for unnamed holders and where not resolved.",
        ),
        Column("actor_name", _STRING, "Who holds the position: a person, an institution or a state."),
        f.PARTY_CODE,
        f.OF_ISSUE,
        Column("stance", _STRING, "Stance towards the issue's proposition.", values=f.STANCE),
        Column("condition", _STRING, "Condition as worded in the text; null if none is named there.", True),
        Column("basis", _STRING, "On whose word the stance is known.", values=f.POSITION_BASIS),
        f.EVIDENCE,
        f.CHAR_START,
        f.CHAR_END,
        f.DATE_FROM.but(
            name="as_of_from",
            description="First day as of which the position is reported; null if unknown.",
        ),
        f.DATE_TO.but(
            name="as_of_to",
            description="Last such day, inclusive; equals as_of_from for one day, null if unknown.",
        ),
        f.IN_STATEMENT,
        f.REPORTED_BY,
        f.CONFIDENCE,
        f.RULE,
    ),
    primary_key=("position_id",),
    order=("document_id", "char_start", "char_end", "position_id"),
    days=(Ordered("as_of_from", "as_of_to"),),
    spans=(Span("char_start", "char_end", "evidence"),),
    warnings=(
        MACHINE,
        COVERAGE,
        "A reported stance is what somebody says of the actor; compare basis = 'own' before you call it a "
        "change of position.",
    ),
)

SET_ASIDE_ROWS = Table(
    name="set_aside_rows",
    stage="extract",
    description="What was taken out so that a run could go on: one row per row that broke the contract, "
    "and one per page on which a step failed. Empty where all went well.",
    columns=(
        f.key("set_aside_id", "row or page that was set aside"),
        f.IN_DOCUMENT.but(
            nullable=True,
            description="Document that the row was, or would have been, read from; null for a row over "
            "several documents.",
        ),
        Column("step", _STRING, "Step that produced the row, or failed.", values=f.SET_ASIDE_STEP),
        Column(
            "table_name",
            _STRING,
            "Table that lacks the row, or the page's rows; null where a page could not be parsed, so that "
            "every table read off parses lacks its rows.",
            True,
        ),
        Column(
            "rule",
            _STRING,
            "Rule of the extractor that produced the row; null where it names none, and for a whole page.",
            True,
        ),
        Column("code", _STRING, "What was wrong.", values=f.SET_ASIDE_CODE),
        Column(
            "detail", _STRING, "The row's key and what was wrong with it, or the error and where it arose."
        ),
    ),
    primary_key=("set_aside_id",),
    order=("document_id", "step", "table_name", "set_aside_id"),
    warnings=(
        "Rows of a document that stands here may be missing from the table that is named: a count of nothing "
        "there does not say that the document holds nothing.",
    ),
)

QUALITY_RESULTS = Table(
    name="quality_results",
    stage="quality",
    description="What every expectation found when the data was checked.",
    columns=(
        Column("run_id", _STRING, "Run that found it; while results stay the same, the first that did."),
        Column("checked_at", _TIMESTAMP, "When that run checked it, in UTC."),
        Column("stage", _STRING, "Stage that was checked: raw, clean, extract, tables or exports."),
        Column("table_name", _STRING, "Table that was checked."),
        Column("suite", _STRING, "Suite that the expectation belongs to."),
        Column("expectation", _STRING, "Name of the expectation, unique in its suite."),
        Column("column_name", _STRING, "Column, or null if the whole table was checked.", True),
        Column(
            "severity",
            _STRING,
            "What a failure does.",
            values=f.meanings(
                critical="stops everything that depends on the table",
                warning="is reported and stops nothing",
                info="is noted",
            ),
        ),
        Column("success", ColumnType.BOOLEAN, "Whether the data met the expectation."),
        Column("observed", _STRING, "What was found; null if there is nothing to add.", True),
        Column(
            "unexpected_count", _INTEGER, "Rows that failed; null if not counted by row.", True, minimum=0
        ),
        Column("unexpected_examples", _STRINGS, "Some values or keys of rows that failed; empty if none."),
    ),
    primary_key=("run_id", "suite", "table_name", "expectation"),
    order=("run_id", "stage", "table_name", "suite", "expectation"),
    warnings=(
        "Says whether the data keep their promises, not whether the extractor read the documents rightly: "
        "for that, see the accuracy measured on annotated pages.",
    ),
)

TABLES: Final[tuple[Table, ...]] = (
    DOCUMENTS,
    QUARANTINE,
    BLOCKS,
    ENTITIES,
    ENTITY_MENTIONS,
    STATEMENTS,
    MEETINGS,
    MEETING_PARTICIPANTS,
    MEETING_MENTIONS,
    ISSUES,
    ISSUE_POSITIONS,
    SET_ASIDE_ROWS,
    QUALITY_RESULTS,
)
_BY_NAME: Final = {table.name: table for table in TABLES}


def table(name: str) -> Table:
    """The table of that name; raise ContractError if the contract has none."""
    try:
        return _BY_NAME[name]
    except KeyError:
        known = ", ".join(_BY_NAME)
        raise ContractError("unknown_table", f"There is no table {name!r}; tables are: {known}.") from None


def load_order() -> tuple[Table, ...]:
    """All tables, each after those that its foreign keys point to."""
    done: dict[str, Table] = {}
    waiting = list(TABLES)
    while waiting:
        ready = [
            t
            for t in waiting
            if all(
                c.references is None or c.references.table in done or c.references.table == t.name
                for c in t.columns
            )
        ]
        if not ready:
            names = ", ".join(t.name for t in waiting)
            raise ContractError("circular_foreign_keys", f"Foreign keys run in a circle: {names}.")
        done |= {t.name: t for t in ready}
        waiting = [t for t in waiting if t.name not in done]
    return tuple(done.values())
