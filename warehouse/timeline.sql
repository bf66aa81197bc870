-- Everything dated in one stream.

CREATE VIEW timeline AS
WITH events AS (
  SELECT
    s.stated_from AS day_from, s.stated_to AS day_to, 'statement' AS kind,
    CASE WHEN s.party IS NULL THEN [] ELSE [s.party] END AS parties, s.speaker_name AS who,
    s.form AS what, s.content AS evidence, s.issues, d.publisher, s.document_id,
    s.content_start AS char_start, s.content_end AS char_end, s.statement_id AS row_id, s.confidence
  FROM statements AS s
  JOIN documents AS d USING (document_id)
  WHERE d.duplicate_of IS NULL AND s.stated_from IS NOT NULL
  UNION ALL
  SELECT
    p.as_of_from, p.as_of_to, 'position', CASE WHEN p.party IS NULL THEN [] ELSE [p.party] END, p.actor_name,
    p.stance || ': ' || i.label, p.evidence, [p.issue_id], d.publisher, p.document_id,
    p.char_start, p.char_end, p.position_id, p.confidence
  FROM issue_positions AS p
  JOIN issues AS i USING (issue_id)
  JOIN documents AS d USING (document_id)
  WHERE d.duplicate_of IS NULL AND p.as_of_from IS NOT NULL
  UNION ALL
  SELECT
    m.date_from, m.date_to, 'meeting', m.parties, m.label, m.status, r.evidence, [], r.publisher, r.document_id,
    r.char_start, r.char_end, m.meeting_id, m.confidence
  FROM meetings AS m
  JOIN (
    SELECT h.* FROM meeting_history AS h
    QUALIFY row_number() OVER (
      PARTITION BY h.meeting_id ORDER BY h.status = h.latest_status DESC, h.confidence DESC, h.report_no DESC
    ) = 1
  ) AS r USING (meeting_id)
  WHERE m.date_from IS NOT NULL
)
SELECT * FROM events
ORDER BY day_from, day_to, document_id, char_start, char_end, kind, row_id;
COMMENT ON VIEW timeline IS
  'Full timeline: statements, positions and meetings on their days, near-duplicate documents left out. A range of days stands at its first; what is not dated is not in it.';
COMMENT ON COLUMN timeline.day_from IS 'First day on which it may have been said, held or reported.';
COMMENT ON COLUMN timeline.day_to IS 'Last such day, inclusive.';
COMMENT ON COLUMN timeline.kind IS 'Kind of event. Values: statement; position; meeting.';
COMMENT ON COLUMN timeline.parties IS 'Parties whose event it is, as party codes; empty if none is known.';
COMMENT ON COLUMN timeline.who IS 'Speaker, holder of the position, or the meeting''s readable name.';
COMMENT ON COLUMN timeline.what IS 'Form of a statement; stance and issue of a position; latest status of a meeting.';
COMMENT ON COLUMN timeline.evidence IS 'Words of the document: content of a statement, else what shows it; of a meeting, the surest report of its latest status.';
COMMENT ON COLUMN timeline.issues IS 'Issues that it touches, as issue_id; empty if none.';
COMMENT ON COLUMN timeline.char_start IS 'Where these words begin: 0-based offset into documents.text.';
COMMENT ON COLUMN timeline.char_end IS 'Where they end: offset of the first character after them.';
COMMENT ON COLUMN timeline.row_id IS 'statement_id, position_id or meeting_id.';
