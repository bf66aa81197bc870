-- Where words stand: the order of lines in time, and a row's words in the text around them.

CREATE MACRO evidence_context(doc, from_char, to_char, around) AS (
  SELECT
    substr(d.text, greatest(from_char - around, 0) + 1, from_char - greatest(from_char - around, 0))
    || '[' || substr(d.text, from_char + 1, to_char - from_char) || ']'
    || substr(d.text, to_char + 1, around)
  FROM documents AS d
  WHERE d.document_id = doc
);
COMMENT ON MACRO evidence_context IS
  'Words of a document between two offsets, in square brackets, with some text on either side. PARAMETERS doc: document_id of the row; from_char: its char_start or content_start; to_char: its char_end or content_end; around: characters of text to show on either side.';

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

CREATE VIEW statements_in_context AS
SELECT
  s.statement_id, s.speaker_name, s.party, s.speaker_kind, s.form, s.cue, s.content,
  -- Not the macro: a subquery for each row would read every text before the first row is shown.
  substr(d.text, greatest(s.content_start - 120, 0) + 1, s.content_start - greatest(s.content_start - 120, 0))
  || '[' || s.content || ']' || substr(d.text, s.content_end + 1, 120) AS context,
  s.channel, s.told_to, s.reported_by, s.stated_from, s.stated_to, s.issues, d.publisher, d.title, d.source_file,
  s.document_id, s.content_start, s.content_end, s.confidence, s.rule
FROM statements AS s
JOIN documents AS d USING (document_id)
WHERE d.duplicate_of IS NULL;
COMMENT ON VIEW statements_in_context IS
  'Statements with the text around them and where they were published; near-duplicate documents left out.';
COMMENT ON COLUMN statements_in_context.context IS
  'The content in square brackets, with up to 120 characters of the document on either side.';
