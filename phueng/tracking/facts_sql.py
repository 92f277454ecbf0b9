"""Which facts make up the story of one application, in one statement?

The timeline is the page that is opened most, and it spans six packages. Asked through the queries of each it costs
fourteen questions to the database; asked once it costs one, and a hash of the very same text says whether anything has
changed since the page was drawn. The event stream asks for these hashes too, so this file imports nothing.

Times are written in the zone of the connection: every connection that compares versions must be in UTC. Planning these
subqueries takes five times as long as running them, so they are meant to be prepared once for a connection.
"""

# The applicant's name and answers are not here: this page says what happened, not who somebody is.
_FACTS = """
json_build_object(
  'today', (phueng_now() AT TIME ZONE 'Asia/Bangkok')::date,
  'id', a.id, 'reference', a.reference, 'scheme_code', a.scheme_code, 'state', a.state, 'channel', a.channel,
  'started_at', a.started_at, 'submitted_at', a.submitted_at,
  'closed_at', a.closed_at, 'closed_why', a.closed_why,
  'is_emergency', a.is_emergency, 'helper_name', a.helper_name, 'has_phone', a.contact_phone <> '',
  'person_id', a.person_id,
  'office', (SELECT json_build_object('th', o.name_th, 'en', o.name_en, 'kind', o.kind)
      FROM places_office o WHERE o.id = a.office_id),
  'triaged_at', (SELECT t.triaged_at FROM applications_triage t WHERE t.application_id = a.id),
  'transfers', (SELECT coalesce(json_agg(json_build_object('at', t.transferred_at, 'th', o.name_th, 'en', o.name_en)
        ORDER BY t.transferred_at), '[]')
      FROM applications_transfer t JOIN places_office o ON o.id = t.to_office_id WHERE t.application_id = a.id),
  'missing', (SELECT coalesce(json_agg(json_build_object('asked_at', m.asked_at, 'answered_at', m.answered_at,
        'note', m.note) ORDER BY m.asked_at), '[]')
      FROM applications_missingthing m WHERE m.application_id = a.id),
  'forwarding', (SELECT json_build_object('at', f.forwarded_at, 'agency', f.to_agency, 'receipt', f.receipt_reference)
      FROM applications_forwarding f WHERE f.application_id = a.id),
  'checks', (SELECT coalesce(json_agg(json_build_object('kind', c.kind, 'outcome', coalesce(c.settled, c.outcome),
        'asked_at', c.asked_at, 'answered_at', coalesce(c.settled_at, c.answered_at), 'tries', c.tries,
        'is_failing', c.last_failure <> '') ORDER BY c.asked_at, c.kind), '[]')
      FROM (SELECT DISTINCT ON (k.kind) k.kind, k.outcome, k.asked_at, k.answered_at, k.tries, k.last_failure,
              s.outcome AS settled, s.settled_at
            FROM verification_check k LEFT JOIN verification_settlement s ON s.check_asked_id = k.id
            WHERE k.application_id = a.id ORDER BY k.kind, k.round DESC) c),
  'visits', (SELECT coalesce(json_agg(json_build_object('started_at', v.started_at, 'finished_at', v.finished_at)
        ORDER BY v.started_at), '[]')
      FROM verification_visit v WHERE v.application_id = a.id),
  'recommendations', (SELECT coalesce(json_agg(json_build_object('id', r.id, 'round', r.round, 'outcome', r.outcome,
        'at', r.recommended_at) ORDER BY r.round), '[]')
      FROM decisions_recommendation r WHERE r.application_id = a.id),
  'decisions', (SELECT coalesce(json_agg(json_build_object('id', d.id, 'recommendation_id', d.recommendation_id,
        'round', d.round, 'outcome', d.outcome, 'amount_satang', d.amount_satang, 'at', d.decided_at,
        'why', d.why, 'reasons', d.reasons, 'by_committee', d.meeting_id IS NOT NULL,
        'letter_asked_at', l.asked_at, 'letter_made_at', l.made_at) ORDER BY d.round), '[]')
      FROM decisions_decision d
      LEFT JOIN documents_letter l ON l.kind = 'decisions/decision_letter' AND l.subject_id = d.id
      WHERE d.application_id = a.id),
  'appeals', (SELECT coalesce(json_agg(json_build_object('id', p.id, 'decision_id', p.decision_id, 'at', p.appealed_at,
        'outcome', p.outcome, 'settled_at', p.settled_at, 'why', p.settled_why, 'th', o.name_th, 'en', o.name_en)
        ORDER BY p.appealed_at), '[]')
      FROM decisions_appeal p JOIN decisions_decision d ON d.id = p.decision_id
      JOIN places_office o ON o.id = p.office_id WHERE d.application_id = a.id),
  'entitlements', (SELECT coalesce(json_agg(json_build_object('decision_id', e.decision_id, 'person_id', e.person_id, 'kind', e.kind,
        'amount_satang', e.amount_satang, 'starts_on', e.starts_on, 'ends_before', e.ends_before,
        'held_at', h.held_at, 'ended_at', g.ended_at, 'ended_on', g.ends_before, 'ended_code', g.reason_code,
        'unpaid', (SELECT count(*) FROM entitlements_due u WHERE u.entitlement_id = e.id AND NOT EXISTS
            (SELECT 1 FROM payments_line n WHERE n.due_id = u.id AND n.returned_at IS NULL AND n.dropped_at IS NULL)),
        'left_out', coalesce((SELECT x.reason FROM payments_exclusion x JOIN payments_run r ON r.id = x.run_id
            JOIN entitlements_due u ON u.id = x.due_id WHERE u.entitlement_id = e.id AND NOT EXISTS
              (SELECT 1 FROM payments_line n WHERE n.due_id = u.id AND n.returned_at IS NULL AND n.dropped_at IS NULL)
            ORDER BY r.prepared_at DESC LIMIT 1), ''),
        'has_account', EXISTS (SELECT 1 FROM registry_bankaccount b
            WHERE b.person_id = e.person_id AND b.ended_at IS NULL)) ORDER BY e.granted_at), '[]')
      FROM entitlements_entitlement e
      LEFT JOIN entitlements_hold h ON h.entitlement_id = e.id AND h.ends_before IS NULL
      LEFT JOIN entitlements_ending g ON g.entitlement_id = e.id
      WHERE e.decision_id IN (SELECT d.id FROM decisions_decision d WHERE d.application_id = a.id)),
  'payments', (SELECT coalesce(json_agg(to_json(y) ORDER BY y.prepared_at, y.month), '[]') FROM (
      SELECT u.month, n.amount_satang, r.pay_route, r.prepared_at, r.released_at, r.effective_on, n.paid_at,
             n.returned_at, n.returned_code, n.bank_code, n.last_digits
        FROM entitlements_entitlement e JOIN entitlements_due u ON u.entitlement_id = e.id
        JOIN payments_line n ON n.due_id = u.id JOIN payments_run r ON r.id = n.run_id
       WHERE e.decision_id IN (SELECT d.id FROM decisions_decision d WHERE d.application_id = a.id)
         AND n.dropped_at IS NULL ORDER BY r.prepared_at DESC, u.month DESC LIMIT 6) y),
  'clocks', (SELECT coalesce(json_agg(json_build_object('subject_id', k.subject_id, 'due_on', k.due_on,
        'stopped_at', k.stopped_at, 'is_paused', EXISTS (SELECT 1 FROM calendars_clockpause q
            WHERE q.clock_id = k.id AND q.until_at IS NULL)) ORDER BY k.started_at), '[]')
      FROM calendars_clock k WHERE k.subject_id = ANY(ARRAY(
        SELECT p.id FROM decisions_appeal p JOIN decisions_decision d ON d.id = p.decision_id
         WHERE d.application_id = a.id) || a.id))
)::text"""

_VERSION = f"left(encode(sha256(convert_to({_FACTS}, 'UTF8')), 'hex'), 24)"

FACTS_BY_ID = f"SELECT {_FACTS} FROM applications_application a WHERE a.id = $1::uuid"  # noqa: S608  # nosec B608
FACTS_BY_REFERENCE = f"SELECT {_FACTS} FROM applications_application a WHERE a.reference = $1::text"  # noqa: S608  # nosec B608
VERSION_BY_REFERENCE = f"SELECT a.id, {_VERSION} FROM applications_application a WHERE a.reference = $1::text"  # noqa: S608  # nosec B608
VERSIONS = f"SELECT a.id, {_VERSION} FROM applications_application a WHERE a.id = ANY(%s)"  # noqa: S608  # nosec B608
