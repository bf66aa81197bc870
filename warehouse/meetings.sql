-- Occasions: the calendar, how each came about, what was announced and not held, who meets whom.
-- Near-duplicate documents are left out of every history, and of every count that does not end in _with_copies.

CREATE VIEW meeting_history AS
SELECT
  mm.meeting_id, m.label, m.status AS latest_status, mm.reported_on, mm.status,
  lag(mm.status) OVER w AS status_before,
  coalesce(mm.status <> lag(mm.status) OVER w, true) AS is_news,
  mm.date_from, mm.date_to, mm.place, mm.participants, mm.parties,
  d.publisher, s.speaker_name AS asserted_by, mm.evidence, mm.document_id, mm.char_start, mm.char_end,
  mm.mention_id, mm.merge_rule, mm.confidence, row_number() OVER w AS report_no
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
ORDER BY mm.meeting_id, report_no;
COMMENT ON VIEW meeting_history IS
  'Every report of every meeting in the order of time: how an occasion went from proposed to held, moved or called off.';
COMMENT ON COLUMN meeting_history.latest_status IS 'Status of the meeting as known after all reports.';
COMMENT ON COLUMN meeting_history.status_before IS 'Status in the report before; null for the first.';
COMMENT ON COLUMN meeting_history.is_news IS 'Whether the status differs from the report before, or this is the first report.';
COMMENT ON COLUMN meeting_history.asserted_by IS 'Speaker who asserts it; null if the reporter does.';
COMMENT ON COLUMN meeting_history.report_no IS 'Place of the report among those of the meeting, from 1.';

CREATE VIEW meeting_calendar AS
WITH told AS (
  SELECT
    mm.meeting_id, count(*) FILTER (d.duplicate_of IS NULL) AS n_reports,
    count(DISTINCT mm.document_id) FILTER (d.duplicate_of IS NULL) AS n_documents,
    count(DISTINCT d.publisher) FILTER (d.duplicate_of IS NULL) AS n_publishers,
    count(*) AS n_reports_with_copies, count(DISTINCT mm.document_id) AS n_documents_with_copies
  FROM meeting_mentions AS mm
  JOIN documents AS d USING (document_id)
  GROUP BY mm.meeting_id
),
people AS (
  SELECT meeting_id, list(name ORDER BY name) AS participants FROM meeting_participants GROUP BY meeting_id
)
SELECT
  m.date_from, m.date_to, date_diff('day', m.date_from, m.date_to) + 1 AS n_days, m.date_basis,
  m.label, m.status, m.form, m.place, m.country, m.parties, coalesce(p.participants, []) AS participants,
  coalesce(t.n_reports, 0) AS n_reports, coalesce(t.n_documents, 0) AS n_documents,
  coalesce(t.n_publishers, 0) AS n_publishers, coalesce(t.n_reports_with_copies, 0) AS n_reports_with_copies,
  coalesce(t.n_documents_with_copies, 0) AS n_documents_with_copies, m.first_reported, m.last_reported,
  coalesce(m.status IN ('proposed', 'scheduled') AND m.date_to < (SELECT max(reported_on) FROM meeting_mentions), false)
    AS is_outcome_open,
  m.meeting_id, m.confidence
FROM meetings AS m
LEFT JOIN told AS t USING (meeting_id)
LEFT JOIN people AS p USING (meeting_id)
ORDER BY m.date_from NULLS LAST, m.date_to, m.label, m.meeting_id;
COMMENT ON VIEW meeting_calendar IS
  'Calendar: one row per occasion with its days, who, where, latest status and how well it is reported; undated occasions last.';
COMMENT ON COLUMN meeting_calendar.n_days IS 'Days that the range spans: 1 where the day is known, more where the text leaves it vague; null if unknown.';
COMMENT ON COLUMN meeting_calendar.participants IS 'People who take part, according to any report.';
COMMENT ON COLUMN meeting_calendar.n_reports IS 'Lines that tell of it, near-duplicate documents left out.';
COMMENT ON COLUMN meeting_calendar.n_documents IS 'Documents that tell of it, near-duplicates left out.';
COMMENT ON COLUMN meeting_calendar.n_publishers IS 'Publishers that tell of it, near-duplicates left out.';
COMMENT ON COLUMN meeting_calendar.n_reports_with_copies IS 'Lines that tell of it, those of near-duplicates among them.';
COMMENT ON COLUMN meeting_calendar.n_documents_with_copies IS 'Documents that tell of it, near-duplicates among them.';
COMMENT ON COLUMN meeting_calendar.is_outcome_open IS
  'Whether it was announced for days that lie before the corpus ends, and no document says what became of it.';

CREATE VIEW meeting_lifecycles AS
WITH days AS (
  -- One status a day: what most confidence speaks for, of equals the one told last.
  SELECT meeting_id, reported_on, status
  FROM (
    SELECT meeting_id, reported_on, status, sum(confidence ORDER BY confidence) AS weight, max(report_no) AS report_no
    FROM meeting_history
    GROUP BY meeting_id, reported_on, status
  )
  QUALIFY row_number() OVER (PARTITION BY meeting_id, reported_on ORDER BY weight DESC, report_no DESC) = 1
),
moves AS (
  SELECT
    *, lag(status) OVER w AS status_before,
    -- What is told after an occasion was held is a look back.
    coalesce(bool_or(status IN ('held', 'ongoing')) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false)
      AS is_over
  FROM days
  WINDOW w AS (PARTITION BY meeting_id ORDER BY reported_on NULLS LAST)
),
lives AS (
  SELECT
    meeting_id, string_agg(status, ' → ' ORDER BY reported_on NULLS LAST) AS lifecycle, count(*) - 1 AS n_moves
  FROM moves
  WHERE NOT is_over AND status IS DISTINCT FROM status_before
  GROUP BY meeting_id
),
told AS (
  SELECT
    meeting_id, any_value(label) AS label, any_value(latest_status) AS status,
    min(reported_on) AS first_reported, max(reported_on) AS last_reported,
    min(reported_on) FILTER (status = 'proposed') AS first_proposed,
    min(reported_on) FILTER (status = 'scheduled') AS first_scheduled,
    min(reported_on) FILTER (status IN ('held', 'ongoing')) AS first_held,
    min(reported_on) FILTER (status IN ('cancelled', 'ruled_out')) AS first_called_off,
    count(*) AS n_reports,
    list_sort(list_distinct(list(publisher) FILTER (publisher IS NOT NULL))) AS publishers,
    arg_min(evidence, report_no) AS first_evidence, arg_max(evidence, report_no) AS last_evidence
  FROM meeting_history
  GROUP BY meeting_id
)
SELECT
  t.meeting_id, t.label, t.status, l.lifecycle, l.n_moves, t.first_reported, t.last_reported,
  t.first_proposed, t.first_scheduled, t.first_held, t.first_called_off, m.date_from, m.date_to,
  t.n_reports, t.publishers, t.first_evidence, t.last_evidence
FROM told AS t
JOIN lives AS l USING (meeting_id)
JOIN meetings AS m USING (meeting_id)
ORDER BY t.first_reported NULLS LAST, t.label, t.meeting_id;
COMMENT ON VIEW meeting_lifecycles IS
  'Life of each occasion in one row: the status that reports gave it from day to day until it was held, and when each was first reported. The reports themselves are in meeting_history.';
COMMENT ON COLUMN meeting_lifecycles.status IS 'Status as known after all reports.';
COMMENT ON COLUMN meeting_lifecycles.lifecycle IS
  'Statuses from day to day, such as proposed → scheduled → held: on each day the one that most confidence speaks for, repetitions and what is told after it was held left out.';
COMMENT ON COLUMN meeting_lifecycles.n_moves IS 'How often the status changed from one day of reports to the next.';
COMMENT ON COLUMN meeting_lifecycles.first_reported IS 'Day of the first report; null if no report is dated.';
COMMENT ON COLUMN meeting_lifecycles.last_reported IS 'Day of the latest report; null if no report is dated.';
COMMENT ON COLUMN meeting_lifecycles.first_proposed IS 'Day of the first report that it is wanted, offered or possible; null if none.';
COMMENT ON COLUMN meeting_lifecycles.first_scheduled IS 'Day of the first report that it is arranged; null if none.';
COMMENT ON COLUMN meeting_lifecycles.first_held IS 'Day of the first report that it takes or took place; null if none.';
COMMENT ON COLUMN meeting_lifecycles.first_called_off IS 'Day of the first report that it is cancelled or ruled out; null if none.';
COMMENT ON COLUMN meeting_lifecycles.date_from IS 'First day on which it takes or took place, as the meeting has it; null if unknown.';
COMMENT ON COLUMN meeting_lifecycles.date_to IS 'Last such day, inclusive; null if unknown.';
COMMENT ON COLUMN meeting_lifecycles.n_reports IS 'Lines that tell of it, near-duplicate documents left out.';
COMMENT ON COLUMN meeting_lifecycles.publishers IS 'Publishers that tell of it.';
COMMENT ON COLUMN meeting_lifecycles.first_evidence IS 'Words of the first report.';
COMMENT ON COLUMN meeting_lifecycles.last_evidence IS 'Words of the latest report.';

CREATE VIEW meetings_not_held AS
WITH horizon AS (
  SELECT max(reported_on) AS last_day FROM meeting_mentions
),
announced AS (
  SELECT
    meeting_id,
    min(reported_on) AS announced_on,
    arg_min(evidence, report_no) AS announcement, arg_min(publisher, report_no) AS publisher,
    arg_min(coalesce(asserted_by, 'the reporter'), report_no) AS announced_by
  FROM meeting_history
  WHERE status IN ('scheduled', 'proposed')
  GROUP BY meeting_id
)
SELECT
  l.label, l.date_from, l.date_to, l.lifecycle,
  CASE l.status WHEN 'cancelled' THEN 'cancelled' WHEN 'ruled_out' THEN 'ruled_out' ELSE 'unreported' END AS outcome,
  a.announced_on, a.announced_by, a.announcement, a.publisher,
  date_diff('day', l.date_to, horizon.last_day) AS days_of_silence, l.last_reported, l.n_reports, l.meeting_id
FROM meeting_lifecycles AS l
JOIN announced AS a USING (meeting_id)
CROSS JOIN horizon
WHERE l.first_held IS NULL AND (l.status IN ('cancelled', 'ruled_out') OR l.date_to < horizon.last_day)
ORDER BY l.date_from NULLS LAST, l.label, l.meeting_id;
COMMENT ON VIEW meetings_not_held IS
  'Announced and never held, as far as this corpus tells: occasions proposed or scheduled that no document reports as held, because they were called off or because their days passed in silence. Silence may be a gap in the corpus; occasions without a date are left out unless called off.';
COMMENT ON COLUMN meetings_not_held.date_from IS 'First day for which it was announced; null if none was given.';
COMMENT ON COLUMN meetings_not_held.date_to IS 'Last such day, inclusive.';
COMMENT ON COLUMN meetings_not_held.lifecycle IS 'Statuses from day to day, such as proposed → scheduled.';
COMMENT ON COLUMN meetings_not_held.outcome IS
  'What became of it. Values: cancelled: called off, postponed or put on hold; ruled_out: refused; unreported: its days passed and no document tells.';
COMMENT ON COLUMN meetings_not_held.announced_on IS 'Day of the first report that proposes or schedules it.';
COMMENT ON COLUMN meetings_not_held.announced_by IS 'Who says so there.';
COMMENT ON COLUMN meetings_not_held.announcement IS 'Words of that report.';
COMMENT ON COLUMN meetings_not_held.publisher IS 'Site that published that report; null if it could not be told.';
COMMENT ON COLUMN meetings_not_held.days_of_silence IS
  'Days from its last day to the last report of any meeting in the corpus: few days of silence mean little. Null without a date.';
COMMENT ON COLUMN meetings_not_held.last_reported IS 'Day of the latest report of it.';
COMMENT ON COLUMN meetings_not_held.n_reports IS 'Lines that tell of it, near-duplicate documents left out.';

CREATE VIEW meeting_network AS
WITH people AS (
  SELECT p.meeting_id, e.name, e.party FROM meeting_participants AS p JOIN entities AS e USING (entity_id)
  WHERE e.kind = 'person'
),
pairs AS (
  SELECT
    a.name AS person_a, a.party AS party_a, b.name AS person_b, b.party AS party_b,
    m.status IN ('held', 'ongoing') AS is_held, m.*
  FROM people AS a
  JOIN people AS b ON a.meeting_id = b.meeting_id AND a.name < b.name
  JOIN meetings AS m ON m.meeting_id = a.meeting_id
)
SELECT
  person_a, mode(party_a ORDER BY party_a) AS party_a, person_b, mode(party_b ORDER BY party_b) AS party_b,
  mode(party_a ORDER BY party_a) IS DISTINCT FROM mode(party_b ORDER BY party_b) AS is_between_parties,
  count(*) FILTER (is_held) AS n_held,
  count(*) FILTER (is_held AND form IN ('phone', 'video')) AS n_remote,
  count(*) FILTER (NOT is_held) AS n_not_held,
  min(date_from) FILTER (is_held) AS first_met, max(date_to) FILTER (is_held) AS last_met,
  coalesce(list(label ORDER BY date_from NULLS LAST, label) FILTER (is_held), []) AS meetings_held,
  round(max(confidence), 3) AS confidence
FROM pairs
GROUP BY person_a, person_b
ORDER BY n_held DESC, person_a, person_b;
COMMENT ON VIEW meeting_network IS
  'Who met whom: pairs of people who took part in the same occasions, an edge of the network of people. Delegations without names are in party_contacts. In a large meeting two people are counted who may not have spoken to each other.';
COMMENT ON COLUMN meeting_network.person_a IS 'First person, in alphabetical order of names.';
COMMENT ON COLUMN meeting_network.party_a IS 'Party of the first person; null if not known.';
COMMENT ON COLUMN meeting_network.person_b IS 'Second person.';
COMMENT ON COLUMN meeting_network.party_b IS 'Party of the second person; null if not known.';
COMMENT ON COLUMN meeting_network.is_between_parties IS 'Whether the two act for different parties.';
COMMENT ON COLUMN meeting_network.n_held IS 'Occasions held (or going on) with both.';
COMMENT ON COLUMN meeting_network.n_remote IS 'Those of them by telephone or video.';
COMMENT ON COLUMN meeting_network.n_not_held IS 'Occasions with both that were proposed, scheduled, cancelled or ruled out.';
COMMENT ON COLUMN meeting_network.first_met IS 'First day of the earliest dated occasion held; null if none is dated.';
COMMENT ON COLUMN meeting_network.last_met IS 'Last day of the latest dated occasion held; null if none is dated.';
COMMENT ON COLUMN meeting_network.meetings_held IS 'Readable names of the occasions held.';
COMMENT ON COLUMN meeting_network.confidence IS 'Confidence of the surest of these occasions.';

CREATE VIEW party_contacts AS
WITH attended AS (
  SELECT meeting_id, unnest(parties) AS party FROM meetings
),
pairs AS (
  SELECT a.party AS party_a, b.party AS party_b, m.status IN ('held', 'ongoing') AS is_held, m.*
  FROM attended AS a
  JOIN attended AS b ON a.meeting_id = b.meeting_id AND a.party < b.party
  JOIN meetings AS m ON m.meeting_id = a.meeting_id
)
SELECT
  party_a, party_b, count(*) FILTER (is_held) AS n_held,
  count(*) FILTER (is_held AND len(parties) = 2) AS n_bilateral,
  count(*) FILTER (is_held AND form IN ('phone', 'video')) AS n_remote,
  count(*) FILTER (status IN ('proposed', 'scheduled')) AS n_announced,
  count(*) FILTER (status IN ('cancelled', 'ruled_out')) AS n_called_off,
  min(date_from) FILTER (is_held) AS first_met, max(date_to) FILTER (is_held) AS last_met
FROM pairs
GROUP BY party_a, party_b
ORDER BY n_held DESC, n_announced DESC, party_a, party_b;
COMMENT ON VIEW party_contacts IS
  'Who met whom by party: occasions in which two parties took part, held, announced and called off.';
COMMENT ON COLUMN party_contacts.party_a IS 'First party, in alphabetical order of codes.';
COMMENT ON COLUMN party_contacts.party_b IS 'Second party.';
COMMENT ON COLUMN party_contacts.n_held IS 'Occasions held (or going on) with both.';
COMMENT ON COLUMN party_contacts.n_bilateral IS 'Those of them with no third party.';
COMMENT ON COLUMN party_contacts.n_remote IS 'Those of them by telephone or video.';
COMMENT ON COLUMN party_contacts.n_announced IS 'Occasions proposed or scheduled, of which no document says that they were held.';
COMMENT ON COLUMN party_contacts.n_called_off IS 'Occasions cancelled or ruled out.';
COMMENT ON COLUMN party_contacts.first_met IS 'First day of the earliest dated occasion held; null if none is dated.';
COMMENT ON COLUMN party_contacts.last_met IS 'Last day of the latest dated occasion held; null if none is dated.';
