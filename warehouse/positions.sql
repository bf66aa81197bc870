-- Where actors stand: latest positions, the way there, changes, and who agrees with whom.
-- Near-duplicate documents are left out of every count.

CREATE VIEW latest_positions AS
WITH counted AS (
  SELECT p.party, p.issue_id, count(*) AS n_positions, count(DISTINCT p.stance) AS n_stances
  FROM issue_positions AS p
  JOIN documents AS d USING (document_id)
  WHERE p.party IS NOT NULL AND d.duplicate_of IS NULL
  GROUP BY p.party, p.issue_id
)
SELECT
  p.party, p.issue_id, i.label AS issue, p.stance, p.condition, p.basis, p.actor_name,
  p.as_of_from, p.as_of_to, p.evidence, d.publisher, p.document_id, p.char_start, p.char_end,
  p.position_id, p.confidence, n.n_positions, n.n_stances
FROM issue_positions AS p
JOIN issues AS i USING (issue_id)
JOIN documents AS d USING (document_id)
JOIN chronology AS c USING (block_id)
JOIN counted AS n ON n.party = p.party AND n.issue_id = p.issue_id
WHERE d.duplicate_of IS NULL
QUALIFY row_number() OVER (
  PARTITION BY p.party, p.issue_id
  ORDER BY
    -- What is sooner wrong than right stands only where there is nothing better.
    p.confidence >= 0.5 DESC,
    p.as_of_to DESC NULLS LAST, p.basis = 'own' DESC, p.confidence DESC, c.time_no DESC, p.position_id
) = 1
ORDER BY p.party, p.issue_id;
COMMENT ON VIEW latest_positions IS
  'Latest position of each party on each issue. Rows of a confidence under 0.5 count only where there are no others. On one day, the actors'' own words go before reports, then the more certain row, then the later.';
COMMENT ON COLUMN latest_positions.issue IS 'Readable name of the issue.';
COMMENT ON COLUMN latest_positions.n_positions IS 'Positions of the party on the issue over all days.';
COMMENT ON COLUMN latest_positions.n_stances IS 'Different stances among them; above 1, look at position_timeline.';

CREATE VIEW position_timeline AS
SELECT
  p.party, p.issue_id, i.label AS issue, p.as_of_from, p.as_of_to, p.stance,
  lag(p.stance) OVER w AS stance_before,
  coalesce(p.stance <> lag(p.stance) OVER w, true) AS is_news,
  p.condition, p.basis, p.actor_name, p.evidence, d.publisher, p.reported_by,
  p.document_id, p.char_start, p.char_end, p.statement_id, p.position_id, p.confidence
FROM issue_positions AS p
JOIN issues AS i USING (issue_id)
JOIN documents AS d USING (document_id)
JOIN chronology AS c USING (block_id)
WHERE d.duplicate_of IS NULL
WINDOW w AS (
  -- Without a party each actor stands for himself.
  PARTITION BY coalesce(p.party, p.actor_name), p.issue_id
  ORDER BY p.as_of_to NULLS FIRST, p.document_id, c.time_no, p.char_start, p.position_id
)
ORDER BY
  p.party NULLS LAST, p.issue_id, p.as_of_to NULLS FIRST, p.document_id, c.time_no, p.char_start, p.position_id;
COMMENT ON VIEW position_timeline IS
  'Every position, by party and issue in the order of time, each with the stance before it. One line misread shows as two changes here: position_changes is the cautious reading.';
COMMENT ON COLUMN position_timeline.issue IS 'Readable name of the issue.';
COMMENT ON COLUMN position_timeline.stance_before IS
  'Stance in the row before, of the same party (without one: of the same actor) on the same issue; null for the first.';
COMMENT ON COLUMN position_timeline.is_news IS 'Whether the stance differs from the row before, or this is the first.';

CREATE VIEW daily_stances AS
WITH told AS (
  SELECT
    p.party, p.issue_id, p.as_of_to, p.stance, p.position_id, p.confidence, c.time_no,
    -- A party's own words show where it stands; what is told of it counts by half.
    p.confidence * CASE WHEN p.basis = 'own' THEN 1.0 ELSE 0.5 END AS weight,
    p.basis = 'own' AS is_own,
    -- Whoever speaks for the party is one source, however many pages repeat him; so is each reporter.
    CASE
      WHEN p.basis = 'own' THEN 'own ' || p.actor_name
      ELSE 'report ' || coalesce(p.reported_by, d.agency, d.publisher, p.document_id)
    END AS source,
    trim(lower(regexp_replace(p.evidence, '[^\pL\pN]+', ' ', 'g'))) AS words
  FROM issue_positions AS p
  JOIN documents AS d USING (document_id)
  JOIN chronology AS c USING (block_id)
  WHERE p.party IS NOT NULL AND p.as_of_to IS NOT NULL AND d.duplicate_of IS NULL
),
sources AS (
  SELECT *
  FROM told
  QUALIFY row_number() OVER (
    PARTITION BY party, issue_id, as_of_to, stance, source ORDER BY weight DESC, time_no DESC, position_id
  ) = 1
),
tellings AS (
  SELECT *
  FROM sources
  -- The same words in two places are one telling, whoever prints them.
  QUALIFY row_number() OVER (
    PARTITION BY party, issue_id, as_of_to, stance, words ORDER BY weight DESC, source
  ) = 1
),
stances AS (
  SELECT
    -- In one order, whatever order the rows lie in: the last digit of a sum depends on it.
    party, issue_id, as_of_to, stance, sum(weight ORDER BY weight) AS weight, count(*) AS n_sources,
    1 - product(1 - confidence ORDER BY confidence) AS confidence,
    arg_max(position_id, (is_own, weight, time_no, position_id)) AS position_id
  FROM tellings
  GROUP BY party, issue_id, as_of_to, stance
),
days AS (
  SELECT *, coalesce(lead(weight) OVER w, 0) AS against
  FROM stances
  WINDOW w AS (
    PARTITION BY party, issue_id, as_of_to
    ORDER BY weight DESC, list_position(['support', 'conditional', 'open', 'oppose'], stance::VARCHAR)
  )
  QUALIFY row_number() OVER w = 1
)
SELECT
  y.party, y.issue_id, i.label AS issue, p.as_of_from, y.as_of_to, y.stance,
  round(y.weight, 3) AS weight, round(y.against, 3) AS against, y.n_sources,
  round(y.weight, 3) >= 0.5 AND y.weight >= 1.5 * y.against AS is_carried,
  p.actor_name, p.basis, p.evidence, d.publisher, p.document_id, p.char_start, p.char_end, y.position_id,
  round(y.confidence, 3) AS confidence
FROM days AS y
JOIN issue_positions AS p USING (position_id)
JOIN issues AS i ON i.issue_id = y.issue_id
JOIN documents AS d ON d.document_id = p.document_id
ORDER BY y.party, y.issue_id, y.as_of_to;
COMMENT ON VIEW daily_stances IS
  'Stance of each party on each issue by day, with the weight of its evidence: own words in full, reports by half; each speaker, each reporter and the same words counted once; near-duplicate documents left out. Of several stances the heaviest stands.';
COMMENT ON COLUMN daily_stances.issue IS 'Readable name of the issue.';
COMMENT ON COLUMN daily_stances.as_of_from IS 'First day of the range that the shown row is dated to; as_of_to where it is one day.';
COMMENT ON COLUMN daily_stances.as_of_to IS 'The day: the last one of the range that the rows are dated to.';
COMMENT ON COLUMN daily_stances.weight IS
  'Sum of the confidences behind the stance, each source with its best row: own words in full, reports by half.';
COMMENT ON COLUMN daily_stances.against IS 'The same for the heaviest other stance of the day; 0 where there is none.';
COMMENT ON COLUMN daily_stances.n_sources IS
  'What speaks for the stance on that day: different speakers of the party, or different sources that report it.';
COMMENT ON COLUMN daily_stances.is_carried IS
  'Whether the evidence is heavy and clear enough to hang a change on: a weight of 0.5 (one row of own words that is sooner right than wrong, or two such reports), and one and a half times what speaks for another stance.';
COMMENT ON COLUMN daily_stances.actor_name IS 'Who holds the stance in the row that shows it.';
COMMENT ON COLUMN daily_stances.evidence IS 'Words of the row that shows it: own words before reports, then the heaviest.';
COMMENT ON COLUMN daily_stances.position_id IS 'Row of issue_positions that shows it.';
COMMENT ON COLUMN daily_stances.confidence IS 'How likely at least one of these sources was read rightly: 1 - (1 - c1)(1 - c2)...';

CREATE VIEW position_changes AS
WITH days AS (
  SELECT
    *, n_sources > 1 AND confidence >= 0.75 AS is_firm,
    lag(stance) OVER w AS stance_before, lead(stance) OVER w AS stance_next
  FROM daily_stances
  -- A day whose evidence is thin or divided neither makes a change nor hides one.
  WHERE is_carried
  WINDOW w AS (PARTITION BY party, issue_id ORDER BY as_of_to)
),
pairs AS (
  SELECT
    party, issue_id, issue, stance AS stance_after,
    lag(stance) OVER w AS stance_before,
    lag(actor_name) OVER w AS actor_before, actor_name,
    lag(as_of_to) OVER w AS as_of_before, as_of_to AS as_of_after, as_of_from,
    lag(basis) OVER w AS basis_before, basis AS basis_after,
    lag(weight) OVER w AS weight_before, weight AS weight_after,
    lag(evidence) OVER w AS evidence_before, evidence AS evidence_after,
    lag(publisher) OVER w AS publisher_before, publisher AS publisher_after,
    lag(position_id) OVER w AS position_id_before, position_id AS position_id_after,
    round(confidence * lag(confidence) OVER w, 3) AS confidence,
    lag(is_firm OR coalesce(stance_before = stance, false)) OVER w AS is_firm_before,
    is_firm OR coalesce(stance_next = stance, false) AS is_firm_after
  FROM days
  WINDOW w AS (PARTITION BY party, issue_id ORDER BY as_of_to)
)
SELECT
  party, issue_id, issue, stance_before, stance_after,
  CASE
    WHEN stance_before = 'support' OR stance_after = 'oppose' THEN 'away'
    WHEN stance_before = 'oppose' OR stance_after = 'support' THEN 'towards'
    WHEN stance_after = 'conditional' THEN 'towards'
    ELSE 'away'
  END AS direction,
  as_of_before, as_of_after, date_diff('day', as_of_before, as_of_after) AS days_between,
  actor_before, actor_name, basis_before, basis_after, weight_before, weight_after,
  evidence_before, evidence_after, publisher_before, publisher_after,
  is_firm_before AND is_firm_after AND basis_before = basis_after AS is_confirmed,
  position_id_before, position_id_after, confidence
FROM pairs
-- Ranges of days that overlap do not tell what came first.
WHERE stance_before <> stance_after AND as_of_before < as_of_from
ORDER BY as_of_after, party, issue_id;
COMMENT ON VIEW position_changes IS
  'Changes of a party''s stance on an issue: from one day whose evidence carries a stance (daily_stances.is_carried) to the next that carries another. Cautious: days whose ranges overlap give no change. Even so a misread line shows as a change: see is_confirmed, and read both pieces of evidence. A change where basis or actor differ may only be a change of who tells it.';
COMMENT ON COLUMN position_changes.issue IS 'Readable name of the issue.';
COMMENT ON COLUMN position_changes.stance_before IS 'Stance on the earlier day.';
COMMENT ON COLUMN position_changes.stance_after IS 'Stance on the later day.';
COMMENT ON COLUMN position_changes.direction IS
  'Whether the party moved towards the issue''s proposition or away from it, on the scale oppose, open, conditional, support.';
COMMENT ON COLUMN position_changes.as_of_before IS 'Earlier day: the last day of its range.';
COMMENT ON COLUMN position_changes.as_of_after IS 'Later day: the last day of its range.';
COMMENT ON COLUMN position_changes.days_between IS 'Days from the earlier to the later.';
COMMENT ON COLUMN position_changes.actor_before IS 'Who of the party holds the earlier stance.';
COMMENT ON COLUMN position_changes.actor_name IS 'Who of the party holds the later stance.';
COMMENT ON COLUMN position_changes.basis_before IS 'On whose word the earlier stance is known.';
COMMENT ON COLUMN position_changes.basis_after IS 'On whose word the later stance is known.';
COMMENT ON COLUMN position_changes.weight_before IS 'Weight of the evidence for the earlier stance, see daily_stances.weight.';
COMMENT ON COLUMN position_changes.weight_after IS 'Weight of the evidence for the later stance.';
COMMENT ON COLUMN position_changes.evidence_before IS 'Words that show the earlier stance.';
COMMENT ON COLUMN position_changes.evidence_after IS 'Words that show the later stance.';
COMMENT ON COLUMN position_changes.publisher_before IS 'Site that published the earlier evidence.';
COMMENT ON COLUMN position_changes.publisher_after IS 'Site that published the later evidence.';
COMMENT ON COLUMN position_changes.is_confirmed IS
  'Whether both stances rest on more than one line (that day, several sources with a joint confidence of 0.75; or the carried day next to it agrees) and on the same basis.';
COMMENT ON COLUMN position_changes.position_id_before IS 'Row of issue_positions that holds the earlier stance.';
COMMENT ON COLUMN position_changes.position_id_after IS 'Row of issue_positions that holds the later stance.';
COMMENT ON COLUMN position_changes.confidence IS 'Product of the confidences of the two days: how likely both stances are right.';

CREATE VIEW issue_matrix AS
WITH counted AS (
  SELECT
    p.party, p.issue_id,
    count(*) FILTER (p.stance = 'support') AS n_support,
    count(*) FILTER (p.stance = 'conditional') AS n_conditional,
    count(*) FILTER (p.stance = 'open') AS n_open,
    count(*) FILTER (p.stance = 'oppose') AS n_oppose,
    count(DISTINCT p.document_id) AS n_documents,
    count(DISTINCT d.publisher) AS n_publishers
  FROM issue_positions AS p
  JOIN documents AS d USING (document_id)
  WHERE p.party IS NOT NULL AND d.duplicate_of IS NULL
  GROUP BY p.party, p.issue_id
),
cells AS (
  SELECT x.party, i.issue_id, i.label AS issue
  FROM (SELECT DISTINCT party FROM counted) AS x CROSS JOIN issues AS i
)
SELECT
  x.party, x.issue_id, x.issue, l.stance, l.condition, l.basis, l.actor_name, l.as_of_to, l.evidence,
  coalesce(n.n_support, 0) AS n_support, coalesce(n.n_conditional, 0) AS n_conditional,
  coalesce(n.n_open, 0) AS n_open, coalesce(n.n_oppose, 0) AS n_oppose,
  coalesce(n.n_documents, 0) AS n_documents, coalesce(n.n_publishers, 0) AS n_publishers,
  l.position_id, l.confidence
FROM cells AS x
LEFT JOIN counted AS n ON n.party = x.party AND n.issue_id = x.issue_id
LEFT JOIN latest_positions AS l ON l.party = x.party AND l.issue_id = x.issue_id
ORDER BY x.party, x.issue_id;
COMMENT ON VIEW issue_matrix IS
  'A cell for every party and issue: latest stance, and how often each stance was found. Empty cells stand with a null stance. Wide: PIVOT issue_matrix ON party USING first(stance) GROUP BY issue.';
COMMENT ON COLUMN issue_matrix.issue IS 'Readable name of the issue.';
COMMENT ON COLUMN issue_matrix.stance IS
  'Latest stance (see latest_positions): support, oppose, conditional or open; null where no document tells it.';
COMMENT ON COLUMN issue_matrix.n_support IS 'Positions that support it, over all days.';
COMMENT ON COLUMN issue_matrix.n_conditional IS 'Positions that accept it under a condition, over all days.';
COMMENT ON COLUMN issue_matrix.n_open IS 'Positions that are open to it, over all days.';
COMMENT ON COLUMN issue_matrix.n_oppose IS 'Positions that oppose it, over all days.';
COMMENT ON COLUMN issue_matrix.n_documents IS 'Documents that these positions come from.';
COMMENT ON COLUMN issue_matrix.n_publishers IS 'Publishers of these documents.';

CREATE VIEW position_pairs AS
SELECT
  a.party AS party_a, b.party AS party_b, a.issue_id, a.issue, a.stance AS stance_a, b.stance AS stance_b,
  CASE
    WHEN a.stance = b.stance THEN 'same'
    WHEN a.stance IN ('support', 'oppose') AND b.stance IN ('support', 'oppose') THEN 'opposed'
    ELSE 'partly'
  END AS relation,
  abs(date_diff('day', a.as_of_to, b.as_of_to)) AS days_apart,
  a.evidence AS evidence_a, b.evidence AS evidence_b,
  a.position_id AS position_id_a, b.position_id AS position_id_b, a.confidence * b.confidence AS confidence
FROM latest_positions AS a
JOIN latest_positions AS b ON a.issue_id = b.issue_id AND a.party < b.party
ORDER BY party_a, party_b, a.issue_id;
COMMENT ON VIEW position_pairs IS
  'Latest positions of two parties on one issue beside each other: the rows behind party_agreement.';
COMMENT ON COLUMN position_pairs.party_a IS 'First party, in alphabetical order of codes.';
COMMENT ON COLUMN position_pairs.party_b IS 'Second party.';
COMMENT ON COLUMN position_pairs.issue IS 'Readable name of the issue.';
COMMENT ON COLUMN position_pairs.stance_a IS 'Latest stance of the first party.';
COMMENT ON COLUMN position_pairs.stance_b IS 'Latest stance of the second party.';
COMMENT ON COLUMN position_pairs.relation IS
  'How the stances stand to each other. Values: same: equal; opposed: one supports what the other opposes; partly: at least one is conditional or open.';
COMMENT ON COLUMN position_pairs.days_apart IS 'Days between the two positions; null if one is not dated.';
COMMENT ON COLUMN position_pairs.evidence_a IS 'Words that show the first party''s stance.';
COMMENT ON COLUMN position_pairs.evidence_b IS 'Words that show the second party''s stance.';
COMMENT ON COLUMN position_pairs.position_id_a IS 'Row of issue_positions that holds the first party''s stance.';
COMMENT ON COLUMN position_pairs.position_id_b IS 'Row of issue_positions that holds the second party''s stance.';
COMMENT ON COLUMN position_pairs.confidence IS 'Product of the two confidences: how likely both rows are right.';

CREATE VIEW party_agreement AS
SELECT
  party_a, party_b, count(*) AS n_shared_issues,
  count(*) FILTER (relation = 'same') AS n_same,
  count(*) FILTER (relation = 'partly') AS n_partly,
  count(*) FILTER (relation = 'opposed') AS n_opposed,
  round((count(*) FILTER (relation = 'same') - count(*) FILTER (relation = 'opposed')) / count(*), 2) AS agreement,
  coalesce(list(issue ORDER BY issue) FILTER (relation = 'same'), []) AS issues_same,
  coalesce(list(issue ORDER BY issue) FILTER (relation = 'opposed'), []) AS issues_opposed,
  round(avg(confidence), 3) AS confidence
FROM position_pairs
GROUP BY party_a, party_b
ORDER BY n_shared_issues DESC, party_a, party_b;
COMMENT ON VIEW party_agreement IS
  'Agreement between two parties over the issues on which a position of both is known. With few shared issues a figure says little.';
COMMENT ON COLUMN party_agreement.party_a IS 'First party, in alphabetical order of codes.';
COMMENT ON COLUMN party_agreement.party_b IS 'Second party.';
COMMENT ON COLUMN party_agreement.n_shared_issues IS 'Issues on which both have a known position.';
COMMENT ON COLUMN party_agreement.n_same IS 'Issues on which their latest stances are equal.';
COMMENT ON COLUMN party_agreement.n_partly IS 'Issues on which at least one of them is conditional or open, and the other is not the same.';
COMMENT ON COLUMN party_agreement.n_opposed IS 'Issues on which one supports what the other opposes.';
COMMENT ON COLUMN party_agreement.agreement IS
  'From -1 (opposed on all shared issues) to 1 (the same on all): (n_same - n_opposed) / n_shared_issues.';
COMMENT ON COLUMN party_agreement.issues_same IS 'Issues on which they agree.';
COMMENT ON COLUMN party_agreement.issues_opposed IS 'Issues on which they are opposed.';
COMMENT ON COLUMN party_agreement.confidence IS
  'How likely a compared pair of rows is right, on average over the shared issues.';
