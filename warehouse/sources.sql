-- Who tells it: chains of attribution, unnamed sources, who speaks about whom, where sources differ.
-- Near-duplicate documents are left out of every count, but for those that end in _with_copies.

CREATE VIEW communications AS
WITH told AS (
  SELECT
    s.communication_id, count(*) AS n_with_copies, count(*) FILTER (d.duplicate_of IS NULL) AS n,
    count(DISTINCT s.document_id) AS n_documents_with_copies,
    count(DISTINCT s.document_id) FILTER (d.duplicate_of IS NULL) AS n_documents,
    count(DISTINCT d.publisher) AS n_publishers_with_copies,
    count(DISTINCT d.publisher) FILTER (d.duplicate_of IS NULL) AS n_publishers,
    list_sort(list_distinct(list(d.publisher) FILTER (d.publisher IS NOT NULL))) AS publishers,
    min(d.published_from) AS first_published, max(d.published_to) AS last_published
  FROM statements AS s
  JOIN documents AS d USING (document_id)
  GROUP BY s.communication_id
  HAVING count(*) FILTER (d.duplicate_of IS NULL) > 0
)
SELECT
  t.communication_id, s.speaker_name, s.party, s.content, s.stated_from, s.stated_to, s.is_anonymous,
  t.n AS n_reports, t.n_with_copies AS n_reports_with_copies, t.n_documents, t.n_documents_with_copies,
  t.n_publishers, t.n_publishers_with_copies, t.publishers, t.first_published, t.last_published,
  d.publisher AS first_publisher, s.issues, s.speaker_entity_id, s.document_id, s.content_start, s.content_end,
  s.confidence
FROM told AS t
JOIN statements AS s ON s.statement_id = t.communication_id
JOIN documents AS d USING (document_id)
ORDER BY n_documents_with_copies DESC, n_reports DESC, t.communication_id;
COMMENT ON VIEW communications IS
  'What was said, once each, with how often it was reported: a statement that ten papers repeat is one row. Columns of the statement are those of its first telling.';
COMMENT ON COLUMN communications.n_reports IS 'Statements that report it, repetitions on a page among them.';
COMMENT ON COLUMN communications.n_reports_with_copies IS 'The same with those in near-duplicate documents.';
COMMENT ON COLUMN communications.n_documents IS 'Documents that report it.';
COMMENT ON COLUMN communications.n_documents_with_copies IS 'The same with near-duplicates.';
COMMENT ON COLUMN communications.n_publishers IS 'Publishers that report it, where known.';
COMMENT ON COLUMN communications.n_publishers_with_copies IS 'The same with those of near-duplicates.';
COMMENT ON COLUMN communications.publishers IS 'Publishers that report it, those of near-duplicates among them.';
COMMENT ON COLUMN communications.first_published IS 'First day on which one of these documents may have been published; null if no day is known.';
COMMENT ON COLUMN communications.last_published IS 'Last such day; null if no day is known.';
COMMENT ON COLUMN communications.first_publisher IS 'Publisher of the first telling; null if it could not be told.';

CREATE VIEW publisher_profiles AS
WITH said AS (
  SELECT
    document_id, count(*) AS n, count(*) FILTER (form = 'direct') AS n_direct,
    count(*) FILTER (reported_by IS NOT NULL) AS n_credited
  FROM statements GROUP BY document_id
),
once AS (
  SELECT d.publisher, count(DISTINCT s.communication_id) AS n
  FROM statements AS s
  JOIN documents AS d USING (document_id)
  WHERE d.duplicate_of IS NULL
  GROUP BY d.publisher
),
placed AS (SELECT document_id, count(*) AS n FROM issue_positions GROUP BY document_id),
met AS (SELECT document_id, count(*) AS n FROM meeting_mentions GROUP BY document_id)
SELECT
  d.publisher, count(*) FILTER (d.duplicate_of IS NULL) AS n_documents,
  count(*) FILTER (d.duplicate_of IS NOT NULL) AS n_duplicates,
  coalesce(sum(d.n_words) FILTER (d.duplicate_of IS NULL), 0)::BIGINT AS n_words,
  min(d.published_from) AS first_published, max(d.published_to) AS last_published,
  coalesce(sum(s.n) FILTER (d.duplicate_of IS NULL), 0)::BIGINT AS n_statements,
  coalesce(sum(s.n), 0)::BIGINT AS n_statements_with_copies,
  coalesce(any_value(o.n), 0)::BIGINT AS n_communications,
  round(sum(s.n_direct) FILTER (d.duplicate_of IS NULL) / sum(s.n) FILTER (d.duplicate_of IS NULL), 3) AS share_direct,
  round(sum(s.n_credited) FILTER (d.duplicate_of IS NULL) / sum(s.n) FILTER (d.duplicate_of IS NULL), 3) AS share_credited,
  coalesce(sum(p.n) FILTER (d.duplicate_of IS NULL), 0)::BIGINT AS n_positions,
  coalesce(sum(m.n) FILTER (d.duplicate_of IS NULL), 0)::BIGINT AS n_meeting_reports
FROM documents AS d
LEFT JOIN said AS s USING (document_id)
LEFT JOIN placed AS p USING (document_id)
LEFT JOIN met AS m USING (document_id)
LEFT JOIN once AS o ON o.publisher IS NOT DISTINCT FROM d.publisher
GROUP BY d.publisher
ORDER BY n_words DESC, d.publisher;
COMMENT ON VIEW publisher_profiles IS
  'Coverage by publisher: what was collected from whom, from when to when, and what was read from it.';
COMMENT ON COLUMN publisher_profiles.n_documents IS 'Documents, near-duplicates of others left out.';
COMMENT ON COLUMN publisher_profiles.n_duplicates IS 'Documents left out as near-duplicates of others.';
COMMENT ON COLUMN publisher_profiles.n_words IS 'Words of editorial text of these documents.';
COMMENT ON COLUMN publisher_profiles.first_published IS 'First day on which one of them may have been published; null if no day is known.';
COMMENT ON COLUMN publisher_profiles.last_published IS 'Last such day; null if no day is known.';
COMMENT ON COLUMN publisher_profiles.n_statements IS 'Statements in them.';
COMMENT ON COLUMN publisher_profiles.n_statements_with_copies IS 'The same with those in near-duplicate documents.';
COMMENT ON COLUMN publisher_profiles.n_communications IS 'Different communications among n_statements: what is told twice counts once.';
COMMENT ON COLUMN publisher_profiles.share_direct IS 'Share of these statements that are quoted in full; null without statements.';
COMMENT ON COLUMN publisher_profiles.share_credited IS 'Share of these statements that the text credits to another outlet or journalist; null without statements.';
COMMENT ON COLUMN publisher_profiles.n_positions IS 'Positions in them.';
COMMENT ON COLUMN publisher_profiles.n_meeting_reports IS 'Lines in them that tell of a meeting.';

CREATE VIEW unnamed_sources_by_publisher AS
WITH counted AS (
  SELECT
    d.publisher, count(*) AS n, count(*) FILTER (s.is_anonymous) AS k,
    count(*) FILTER (s.is_anonymous AND s.reported_by IS NOT NULL) AS n_second_hand,
    count(*) FILTER (s.is_anonymous AND s.party IS NOT NULL) AS n_with_party
  FROM statements AS s
  JOIN documents AS d USING (document_id)
  WHERE d.duplicate_of IS NULL
  GROUP BY d.publisher
)
SELECT
  publisher, n AS n_statements, k AS n_unnamed, round(k / n, 3) AS share_unnamed,
  -- Wilson's interval: fit for small numbers and for shares near 0 and 1.
  round((k + 1.92 - 1.96 * sqrt(k * (n - k) / n + 0.96)) / (n + 3.84), 3) AS share_low,
  round((k + 1.92 + 1.96 * sqrt(k * (n - k) / n + 0.96)) / (n + 3.84), 3) AS share_high,
  n_second_hand, n_with_party
FROM counted
ORDER BY share_unnamed DESC, publisher;
COMMENT ON VIEW unnamed_sources_by_publisher IS
  'Share of statements whose source is left unnamed, by publisher. Compare only where the intervals do not overlap, and mind that a feed of agency copy repeats its sources'' habits.';
COMMENT ON COLUMN unnamed_sources_by_publisher.n_statements IS 'Statements in the publisher''s documents.';
COMMENT ON COLUMN unnamed_sources_by_publisher.n_unnamed IS 'Those of them whose source the text leaves unnamed.';
COMMENT ON COLUMN unnamed_sources_by_publisher.share_unnamed IS 'n_unnamed / n_statements.';
COMMENT ON COLUMN unnamed_sources_by_publisher.share_low IS 'Lower end of the 95% interval of the share (Wilson), as if the statements were a random sample.';
COMMENT ON COLUMN unnamed_sources_by_publisher.share_high IS 'Upper end of that interval.';
COMMENT ON COLUMN unnamed_sources_by_publisher.n_second_hand IS 'Unnamed ones that the text credits to another outlet or journalist.';
COMMENT ON COLUMN unnamed_sources_by_publisher.n_with_party IS 'Unnamed ones of which the text tells the party, such as ''a US official''.';

CREATE VIEW attribution_chains AS
WITH links AS (
  SELECT
    s.*, d.publisher,
    list_filter(
      [
        d.publisher, d.agency, s.reported_by,
        -- Of those whom a speaker told, only outlets pass it on.
        CASE WHEN m.name IS NOT NULL THEN s.told_to END,
        s.speaker_name
      ],
      lambda link: link IS NOT NULL
    ) AS raw
  FROM statements AS s
  JOIN documents AS d USING (document_id)
  LEFT JOIN (SELECT DISTINCT name FROM entities WHERE kind = 'media') AS m ON m.name = s.told_to
  WHERE d.duplicate_of IS NULL
),
chains AS (
  SELECT
    *,
    list_filter(raw, lambda link, place: place = 1 OR link <> raw[place - 1]) AS chain
  FROM links
)
SELECT
  statement_id, publisher, reported_by, told_to, speaker_name, party, is_anonymous,
  array_to_string(chain, ' ← ') AS attribution, chain, len(chain) - 1 AS n_links,
  content, stated_from, stated_to, document_id, content_start, content_end, confidence
FROM chains;
COMMENT ON VIEW attribution_chains IS
  'Through whose hands each statement came: publisher, agency, outlet or journalist credited, outlet to which it was told, speaker. Names as the text gives them: an outlet and its journalist may both stand.';
COMMENT ON COLUMN attribution_chains.attribution IS 'The chain in words, from the page to the speaker, such as RT ← Reuters ← US official.';
COMMENT ON COLUMN attribution_chains.chain IS 'Its links, from the page to the speaker.';
COMMENT ON COLUMN attribution_chains.n_links IS 'Steps from the page to the speaker: 1 where the page itself quotes, more where it takes it from others.';

CREATE VIEW speaker_profiles AS
WITH copied AS (
  SELECT
    s.speaker_entity_id, s.speaker_name, count(*) AS n, count(DISTINCT s.document_id) AS n_documents
  FROM statements AS s
  JOIN documents AS d USING (document_id)
  WHERE d.duplicate_of IS NOT NULL AND NOT s.is_anonymous
  GROUP BY s.speaker_entity_id, s.speaker_name
)
SELECT
  s.speaker_name, mode(s.party ORDER BY s.party) AS party, mode(s.speaker_kind ORDER BY s.speaker_kind) AS speaker_kind,
  count(*) AS n_statements, count(*) + coalesce(any_value(c.n), 0) AS n_statements_with_copies,
  count(DISTINCT s.communication_id) AS n_communications, count(*) FILTER (s.form = 'direct') AS n_direct,
  count(DISTINCT s.document_id) AS n_documents,
  count(DISTINCT s.document_id) + coalesce(any_value(c.n_documents), 0) AS n_documents_with_copies,
  count(DISTINCT coalesce(d.publisher, '')) AS n_publishers,
  list_sort(list_distinct(list(d.publisher) FILTER (d.publisher IS NOT NULL))) AS publishers,
  CASE WHEN count(DISTINCT coalesce(d.publisher, '')) = 1 THEN any_value(d.publisher) END AS only_publisher,
  min(s.stated_from) AS first_stated, max(s.stated_to) AS last_stated,
  mode(e.role ORDER BY e.role) AS role, s.speaker_entity_id
FROM statements AS s
JOIN documents AS d USING (document_id)
LEFT JOIN entities AS e ON e.entity_id = s.speaker_entity_id
LEFT JOIN copied AS c
  ON c.speaker_name = s.speaker_name AND c.speaker_entity_id IS NOT DISTINCT FROM s.speaker_entity_id
WHERE d.duplicate_of IS NULL AND NOT s.is_anonymous
GROUP BY s.speaker_entity_id, s.speaker_name
ORDER BY n_statements DESC, s.speaker_name, s.speaker_entity_id;
COMMENT ON VIEW speaker_profiles IS
  'Named speakers: how often, where and when they are quoted. Speakers that were not resolved stand under the words of the text.';
COMMENT ON COLUMN speaker_profiles.party IS 'Party for which the speaker mostly speaks; null if not known.';
COMMENT ON COLUMN speaker_profiles.n_statements IS 'Statements of the speaker.';
COMMENT ON COLUMN speaker_profiles.n_statements_with_copies IS 'The same with those in near-duplicate documents.';
COMMENT ON COLUMN speaker_profiles.n_communications IS 'Different communications among n_statements: what several documents report counts once.';
COMMENT ON COLUMN speaker_profiles.n_direct IS 'Those of them that are quoted in full.';
COMMENT ON COLUMN speaker_profiles.n_documents IS 'Documents that carry them.';
COMMENT ON COLUMN speaker_profiles.n_documents_with_copies IS 'The same with near-duplicates.';
COMMENT ON COLUMN speaker_profiles.n_publishers IS 'Publishers that carry them; documents without a known publisher count as one.';
COMMENT ON COLUMN speaker_profiles.publishers IS 'These publishers.';
COMMENT ON COLUMN speaker_profiles.only_publisher IS 'The publisher, if there is only one: the speaker is quoted through nobody else; else null.';
COMMENT ON COLUMN speaker_profiles.first_stated IS 'First day on which the earliest may have been made; null if no day is known.';
COMMENT ON COLUMN speaker_profiles.last_stated IS 'Last day on which the latest may have been made; null if no day is known.';

CREATE VIEW statement_mentions AS
SELECT
  s.statement_id, s.speaker_name, s.party AS speaker_party, e.name AS mentioned_name, e.party AS mentioned_party,
  e.kind AS mentioned_kind, m.surface, m.resolution, s.stated_from, s.stated_to, s.document_id,
  m.char_start, m.char_end, m.mention_id, e.entity_id, s.speaker_entity_id, s.confidence
FROM statements AS s
JOIN documents AS d USING (document_id)
JOIN entity_mentions AS m
  ON m.document_id = s.document_id AND m.char_start >= s.content_start AND m.char_end <= s.content_end
JOIN entities AS e ON e.entity_id = m.entity_id
WHERE d.duplicate_of IS NULL AND m.entity_id IS DISTINCT FROM s.speaker_entity_id;
COMMENT ON VIEW statement_mentions IS
  'Whom and what speakers name in what they say; themselves left out.';
COMMENT ON COLUMN statement_mentions.speaker_party IS 'Party of the speaker; null if not known.';
COMMENT ON COLUMN statement_mentions.mentioned_name IS 'Usual full name of the entity that is named.';
COMMENT ON COLUMN statement_mentions.mentioned_party IS 'Party of that entity; null if it has none or it is not known.';
COMMENT ON COLUMN statement_mentions.mentioned_kind IS 'Kind of that entity.';
COMMENT ON COLUMN statement_mentions.char_start IS 'Where the mention begins: 0-based offset into documents.text.';
COMMENT ON COLUMN statement_mentions.char_end IS 'Where the mention ends: offset of the first character after it.';

CREATE VIEW mention_network AS
SELECT
  speaker_name, mode(speaker_party ORDER BY speaker_party) AS speaker_party, mentioned_name, mode(mentioned_party ORDER BY mentioned_party) AS mentioned_party,
  mode(mentioned_kind ORDER BY mentioned_kind) AS mentioned_kind, count(DISTINCT statement_id) AS n_statements,
  count(DISTINCT document_id) AS n_documents, min(stated_from) AS first_stated, max(stated_to) AS last_stated
FROM statement_mentions
GROUP BY speaker_name, mentioned_name
ORDER BY n_statements DESC, speaker_name, mentioned_name;
COMMENT ON VIEW mention_network IS
  'Who speaks about whom: how many statements of a speaker name an entity. To name is not to praise or to blame.';
COMMENT ON COLUMN mention_network.speaker_party IS 'Party of the speaker; null if not known.';
COMMENT ON COLUMN mention_network.mentioned_name IS 'Usual full name of the entity that is named.';
COMMENT ON COLUMN mention_network.mentioned_party IS 'Party of that entity; null if it has none or it is not known.';
COMMENT ON COLUMN mention_network.mentioned_kind IS 'Kind of that entity.';
COMMENT ON COLUMN mention_network.n_statements IS 'Statements of the speaker that name it.';
COMMENT ON COLUMN mention_network.n_documents IS 'Documents that carry them.';
COMMENT ON COLUMN mention_network.first_stated IS 'First day on which the earliest may have been made; null if no day is known.';
COMMENT ON COLUMN mention_network.last_stated IS 'Last day on which the latest may have been made; null if no day is known.';
