-- Views and macros for analysts, created in every database after its tables.
-- A column that a view takes over from a table under its own name inherits the table's description;
-- comments here describe what is new.

CREATE MACRO evidence_context(doc, from_char, to_char, around) AS (
  SELECT
    substr(d.text, greatest(from_char - around, 0) + 1, from_char - greatest(from_char - around, 0))
    || '[' || substr(d.text, from_char + 1, to_char - from_char) || ']'
    || substr(d.text, to_char + 1, around)
  FROM documents AS d
  WHERE d.document_id = doc
);
COMMENT ON MACRO evidence_context IS
  'Words of a document between two offsets, in square brackets, with some characters of text on either side: evidence_context(document_id, char_start, char_end, 80).';

CREATE VIEW chronology AS
WITH feeds AS (
  SELECT document_id, arg_min(entry_date, block_no) > arg_max(entry_date, block_no) AS is_newest_first
  FROM blocks
  WHERE entry_date IS NOT NULL
  GROUP BY document_id
)
SELECT
  b.block_id, b.document_id,
  row_number() OVER (
    PARTITION BY b.document_id
    -- What stands above the first entry is the latest of a feed that grows upwards, else the earliest.
    ORDER BY
      CASE WHEN f.is_newest_first THEN coalesce(-b.entry_no, 1) ELSE coalesce(b.entry_no, -1) END,
      b.block_no
  ) AS time_no
FROM blocks AS b
LEFT JOIN feeds AS f USING (document_id);
COMMENT ON VIEW chronology IS
  'Lines of each document in the order of time: as they stand, but entries of a live feed that grows upwards in reverse.';
COMMENT ON COLUMN chronology.time_no IS 'Place of the line in that order, from 1 in each document.';

CREATE VIEW latest_positions AS
SELECT
  p.party, p.issue_id, i.label AS issue, p.stance, p.condition, p.basis, p.actor_name,
  p.as_of_from, p.as_of_to, p.evidence, d.publisher, p.document_id, p.char_start, p.char_end,
  p.position_id, p.confidence,
  count(*) OVER (PARTITION BY p.party, p.issue_id) AS n_positions,
  count(DISTINCT p.stance) OVER (PARTITION BY p.party, p.issue_id) AS n_stances
FROM issue_positions AS p
JOIN issues AS i USING (issue_id)
JOIN documents AS d USING (document_id)
JOIN chronology AS c USING (block_id)
WHERE p.party IS NOT NULL AND d.duplicate_of IS NULL
QUALIFY row_number() OVER (
  PARTITION BY p.party, p.issue_id
  ORDER BY
    p.as_of_to DESC NULLS LAST, p.basis = 'own' DESC, p.confidence DESC, c.time_no DESC, p.position_id
) = 1
ORDER BY p.party, p.issue_id;
COMMENT ON VIEW latest_positions IS
  'Latest position of each party on each issue. On one day, the actors'' own words go before reports, then the more certain row, then the later.';
COMMENT ON COLUMN latest_positions.issue IS 'Readable name of the issue.';
COMMENT ON COLUMN latest_positions.n_positions IS 'Positions of the party on the issue over all days.';
COMMENT ON COLUMN latest_positions.n_stances IS 'Different stances among them; above 1, look at position_changes.';

CREATE VIEW position_changes AS
WITH daily AS (
  SELECT p.*
  FROM issue_positions AS p
  JOIN documents AS d USING (document_id)
  JOIN chronology AS c USING (block_id)
  WHERE p.as_of_to IS NOT NULL AND d.duplicate_of IS NULL
  QUALIFY row_number() OVER (
    PARTITION BY p.actor_name, p.party, p.issue_id, p.as_of_to
    ORDER BY p.basis = 'own' DESC, p.confidence DESC, c.time_no DESC, p.char_start DESC, p.position_id
  ) = 1
),
pairs AS (
  SELECT
    actor_name, party, issue_id,
    lag(stance) OVER w AS stance_before, stance AS stance_after,
    lag(as_of_to) OVER w AS as_of_before, as_of_to AS as_of_after,
    date_diff('day', lag(as_of_to) OVER w, as_of_to) AS days_between,
    lag(basis) OVER w AS basis_before, basis AS basis_after,
    lag(evidence) OVER w AS evidence_before, evidence AS evidence_after,
    lag(position_id) OVER w AS position_id_before, position_id AS position_id_after,
    least(confidence, lag(confidence) OVER w) AS confidence
  FROM daily
  WINDOW w AS (PARTITION BY actor_name, party, issue_id ORDER BY as_of_to)
)
SELECT * FROM pairs
WHERE stance_before <> stance_after
ORDER BY as_of_after, actor_name, issue_id;
COMMENT ON VIEW position_changes IS
  'Changes of an actor''s stance on an issue, from one day with a known position to the next. Of several positions on one day, the actor''s own words go before reports, then the more certain row, then the later. A change where basis differs may only be a change of who tells it.';
COMMENT ON COLUMN position_changes.stance_before IS 'Stance on the earlier day.';
COMMENT ON COLUMN position_changes.stance_after IS 'Stance on the later day.';
COMMENT ON COLUMN position_changes.as_of_before IS 'Earlier day: the last day of its range.';
COMMENT ON COLUMN position_changes.as_of_after IS 'Later day: the last day of its range.';
COMMENT ON COLUMN position_changes.days_between IS 'Days from the earlier to the later.';
COMMENT ON COLUMN position_changes.basis_before IS 'On whose word the earlier stance is known.';
COMMENT ON COLUMN position_changes.basis_after IS 'On whose word the later stance is known.';
COMMENT ON COLUMN position_changes.evidence_before IS 'Words that show the earlier stance.';
COMMENT ON COLUMN position_changes.evidence_after IS 'Words that show the later stance.';
COMMENT ON COLUMN position_changes.position_id_before IS 'Row of issue_positions that holds the earlier stance.';
COMMENT ON COLUMN position_changes.position_id_after IS 'Row of issue_positions that holds the later stance.';
COMMENT ON COLUMN position_changes.confidence IS 'The lower confidence of the two rows.';

CREATE VIEW meeting_history AS
SELECT
  mm.meeting_id, m.label, m.status AS latest_status, mm.reported_on, mm.status,
  lag(mm.status) OVER w AS status_before,
  coalesce(mm.status <> lag(mm.status) OVER w, true) AS is_news,
  mm.date_from, mm.date_to, mm.place, mm.participants, mm.parties,
  d.publisher, s.speaker_name AS asserted_by, mm.evidence, mm.document_id, mm.char_start, mm.char_end,
  mm.mention_id, mm.merge_rule, mm.confidence
FROM meeting_mentions AS mm
JOIN meetings AS m USING (meeting_id)
JOIN documents AS d USING (document_id)
JOIN chronology AS c USING (block_id)
LEFT JOIN statements AS s USING (statement_id)
WHERE d.duplicate_of IS NULL
WINDOW w AS (
  PARTITION BY mm.meeting_id
  ORDER BY mm.reported_on NULLS LAST, mm.document_id, c.time_no, mm.char_start, mm.mention_id
)
ORDER BY mm.meeting_id, mm.reported_on NULLS LAST, mm.document_id, c.time_no, mm.char_start, mm.mention_id;
COMMENT ON VIEW meeting_history IS
  'Every report of every meeting in the order of time: how an occasion went from proposed to held, moved or called off.';
COMMENT ON COLUMN meeting_history.latest_status IS 'Status of the meeting as known after all reports.';
COMMENT ON COLUMN meeting_history.status_before IS 'Status in the report before; null for the first.';
COMMENT ON COLUMN meeting_history.is_news IS 'Whether the status differs from the report before, or this is the first report.';
COMMENT ON COLUMN meeting_history.asserted_by IS 'Speaker who asserts it; null if the reporter does.';

CREATE VIEW statements_in_context AS
SELECT
  s.statement_id, s.speaker_name, s.party, s.speaker_kind, s.form, s.cue, s.content,
  evidence_context(s.document_id, s.content_start, s.content_end, 120) AS context,
  s.channel, s.told_to, s.reported_by, s.stated_from, s.stated_to, s.issues, d.publisher, d.title, d.source_file,
  s.document_id, s.content_start, s.content_end, s.confidence, s.rule
FROM statements AS s
JOIN documents AS d USING (document_id)
WHERE d.duplicate_of IS NULL
ORDER BY s.document_id, s.content_start;
COMMENT ON VIEW statements_in_context IS
  'Statements with the text around them and where they were published; near-duplicate documents left out.';
COMMENT ON COLUMN statements_in_context.context IS
  'The content in square brackets, with up to 120 characters of the document on either side.';

CREATE VIEW data_dictionary AS
SELECT
  c.table_name, t.kind AS table_kind, t.comment AS table_description,
  c.column_index AS column_no, c.column_name, c.data_type, c.is_nullable, c.comment AS description
FROM duckdb_columns() AS c
JOIN (
  SELECT database_name, schema_name, table_name, 'table' AS kind, comment FROM duckdb_tables()
  UNION ALL
  SELECT database_name, schema_name, view_name, 'view', comment FROM duckdb_views()
) AS t USING (database_name, schema_name, table_name)
WHERE c.database_name = current_database() AND NOT c.internal
ORDER BY t.kind, c.table_name, c.column_index;
COMMENT ON VIEW data_dictionary IS 'Every table and view of this database with the meaning of each of its columns.';
COMMENT ON COLUMN data_dictionary.table_name IS 'Table or view.';
COMMENT ON COLUMN data_dictionary.table_kind IS 'table or view.';
COMMENT ON COLUMN data_dictionary.table_description IS 'What a row is, and what to beware of.';
COMMENT ON COLUMN data_dictionary.column_no IS 'Place of the column, from 1.';
COMMENT ON COLUMN data_dictionary.column_name IS 'Column.';
COMMENT ON COLUMN data_dictionary.data_type IS 'DuckDB type.';
COMMENT ON COLUMN data_dictionary.is_nullable IS 'Whether a value may be missing; always true for views.';
COMMENT ON COLUMN data_dictionary.description IS 'Meaning of a value, with its allowed values where they are few.';
