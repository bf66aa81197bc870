-- Where the same occasion or the same position is told differently, by publisher, by speaker and by party.
-- Near-duplicate documents are left out.

CREATE VIEW source_disagreements AS
WITH meeting_tellings AS (
  SELECT
    mm.meeting_id AS subject_id, m.label AS subject, mm.status, mm.place, mm.form, mm.date_from, mm.date_to,
    mm.reported_on, d.publisher, coalesce(s.speaker_name, 'the reporter') AS teller, s.party AS teller_party,
    mm.evidence, mm.mention_id AS row_id, mm.document_id, mm.confidence
  FROM meeting_mentions AS mm
  JOIN meetings AS m USING (meeting_id)
  JOIN documents AS d USING (document_id)
  LEFT JOIN statements AS s USING (statement_id)
  WHERE d.duplicate_of IS NULL AND m.n_mentions > 1
),
spellings AS (
  SELECT alias, min(name) AS name
  FROM (SELECT unnest(aliases) AS alias, name FROM entities WHERE kind = 'place')
  GROUP BY alias
),
aspects AS (
  -- A status moves on with time, so only reports of one day can contradict each other.
  SELECT
    *, 'meeting status' AS kind, status AS value,
    CASE WHEN status IN ('cancelled', 'ruled_out') THEN 'no' ELSE 'yes' END AS compared, reported_on AS day
  FROM meeting_tellings WHERE status <> 'proposed' AND reported_on IS NOT NULL
  UNION ALL
  -- A country is only vaguer than a city in it; its short forms are capitals.
  SELECT t.*, 'meeting place', t.place, lower(strip_accents(coalesce(s.name, t.place))), NULL
  FROM meeting_tellings AS t
  LEFT JOIN spellings AS s ON s.alias = t.place
  WHERE t.place NOT IN (SELECT name FROM entities WHERE kind = 'government')
    AND NOT regexp_matches(t.place, '^[A-Z.]{2,6}$')
  UNION ALL
  SELECT
    *, 'meeting form', form, CASE form WHEN 'in_person' THEN 'in_person' ELSE 'remote' END, NULL
  FROM meeting_tellings WHERE form <> 'unknown'
  UNION ALL
  SELECT
    *, 'meeting date',
    CASE WHEN date_from = date_to THEN date_from::VARCHAR ELSE date_from || ' to ' || date_to END,
    date_from || '/' || date_to, NULL
  FROM meeting_tellings WHERE date_from IS NOT NULL
  UNION ALL
  SELECT
    p.actor_name || '|' || p.issue_id, p.actor_name || ' on ' || i.label, NULL, NULL, NULL, p.as_of_from, p.as_of_to,
    p.as_of_to, d.publisher,
    CASE
      WHEN p.basis = 'own' THEN p.actor_name
      ELSE coalesce(s.speaker_name, p.reported_by, 'the reporter')
    END,
    CASE WHEN p.basis = 'own' THEN p.party ELSE s.party END,
    p.evidence, p.position_id, p.document_id, p.confidence, 'position', p.stance, p.stance, p.as_of_to
  FROM issue_positions AS p
  JOIN issues AS i USING (issue_id)
  JOIN documents AS d USING (document_id)
  LEFT JOIN statements AS s USING (statement_id)
  WHERE d.duplicate_of IS NULL AND p.stance IN ('support', 'oppose') AND p.as_of_to IS NOT NULL
    -- A row that is sooner wrong than right is no evidence of a difference.
    AND p.confidence >= 0.5
),
versions AS (
  SELECT
    kind, subject_id, compared, day, any_value(subject) AS subject,
    any_value(date_from) AS date_from, any_value(date_to) AS date_to,
    arg_max(value, (confidence, row_id)) AS value,
    list_sort(list(DISTINCT teller)) AS tellers,
    list_sort(coalesce(list(DISTINCT teller_party) FILTER (teller_party IS NOT NULL), [])) AS parties,
    list_sort(coalesce(list(DISTINCT publisher) FILTER (publisher IS NOT NULL), [])) AS publishers,
    min(reported_on) AS first_told, arg_max(evidence, (confidence, row_id)) AS evidence,
    arg_max(row_id, (confidence, row_id)) AS row_id, max(confidence) AS confidence
  FROM aspects
  GROUP BY kind, subject_id, compared, day
)
SELECT
  a.kind, a.subject,
  a.value AS value_a, a.tellers AS tellers_a, a.parties AS parties_a, a.publishers AS publishers_a,
  a.first_told AS first_told_a, a.evidence AS evidence_a,
  b.value AS value_b, b.tellers AS tellers_b, b.parties AS parties_b, b.publishers AS publishers_b,
  b.first_told AS first_told_b, b.evidence AS evidence_b,
  len(a.publishers) > 0 AND len(b.publishers) > 0 AND NOT list_has_any(a.publishers, b.publishers)
    AS is_across_publishers,
  len(a.parties) > 0 AND len(b.parties) > 0 AND NOT list_has_any(a.parties, b.parties) AS is_across_parties,
  a.subject_id, a.row_id AS row_id_a, b.row_id AS row_id_b, round(a.confidence * b.confidence, 3) AS confidence
FROM versions AS a
JOIN versions AS b
  ON a.kind = b.kind AND a.subject_id = b.subject_id AND a.day IS NOT DISTINCT FROM b.day
  AND (a.first_told, a.compared) < (b.first_told, b.compared)
WHERE (a.tellers <> b.tellers OR a.publishers <> b.publishers)
  -- Vague days that overlap agree.
  AND (a.kind <> 'meeting date' OR a.date_to < b.date_from OR b.date_to < a.date_from)
ORDER BY a.kind, a.subject, confidence DESC, row_id_a, row_id_b;
COMMENT ON VIEW source_disagreements IS
  'The same occasion or position told differently by different tellers: two versions beside each other, with all who tell each. Status (one day of reporting), place, form or date of a meeting; for and against an issue on one day. Plans move, so a version told later may be an update; some differences are misreadings, or different occasions merged into one: read both pieces of evidence.';
COMMENT ON COLUMN source_disagreements.kind IS
  'What is told differently. Values: meeting status: takes place or not, on one day of reporting; meeting place; meeting form: in person or not; meeting date: days that do not overlap; position: for or against, on one day.';
COMMENT ON COLUMN source_disagreements.subject IS 'The meeting, or the actor and the issue.';
COMMENT ON COLUMN source_disagreements.value_a IS 'The version told first.';
COMMENT ON COLUMN source_disagreements.tellers_a IS 'Who tells it: speakers, else outlets credited, else the reporter.';
COMMENT ON COLUMN source_disagreements.parties_a IS 'Parties of these speakers; empty if none is known.';
COMMENT ON COLUMN source_disagreements.publishers_a IS 'Sites that published it.';
COMMENT ON COLUMN source_disagreements.first_told_a IS 'Day on which it was first told.';
COMMENT ON COLUMN source_disagreements.evidence_a IS 'Words of the surest row that tells it.';
COMMENT ON COLUMN source_disagreements.value_b IS 'The other version.';
COMMENT ON COLUMN source_disagreements.tellers_b IS 'Who tells that.';
COMMENT ON COLUMN source_disagreements.parties_b IS 'Parties of these speakers; empty if none is known.';
COMMENT ON COLUMN source_disagreements.publishers_b IS 'Sites that published that.';
COMMENT ON COLUMN source_disagreements.first_told_b IS 'Day on which that was first told.';
COMMENT ON COLUMN source_disagreements.evidence_b IS 'Words of the surest row that tells that.';
COMMENT ON COLUMN source_disagreements.is_across_publishers IS 'Whether no site tells both versions.';
COMMENT ON COLUMN source_disagreements.is_across_parties IS
  'Whether speakers of different parties tell the versions, and no party tells both.';
COMMENT ON COLUMN source_disagreements.subject_id IS 'meeting_id; for a position, actor and issue_id.';
COMMENT ON COLUMN source_disagreements.row_id_a IS 'mention_id or position_id of the row that shows the first version.';
COMMENT ON COLUMN source_disagreements.row_id_b IS 'mention_id or position_id of the row that shows the other.';
COMMENT ON COLUMN source_disagreements.confidence IS 'Product of the two rows'' confidences: how likely both are right.';
