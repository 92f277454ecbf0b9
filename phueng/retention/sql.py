"""When did the last thing happen in a case, and which wiping does the database refuse, whoever asks?

A package that is added later and has questions of its own (a complaint, a court) adds a trigger of its own on
applications_wiping: each may say no.
"""

# NULL: something is still open, and nothing may be let go.
LAST_ACT = """
CREATE FUNCTION retention_last_act(case_id uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
WITH granted AS (
    SELECT e.* FROM entitlements_entitlement e JOIN decisions_decision d ON d.id = e.decision_id
     WHERE d.application_id = case_id),
owed AS (SELECT u.id FROM entitlements_due u JOIN granted g ON g.id = u.entitlement_id),
lines AS (SELECT l.* FROM payments_line l JOIN owed ON owed.id = l.due_id),
asked_back AS (
    SELECT DISTINCT o.closed_at FROM recoveries_overpayment o
      LEFT JOIN recoveries_overpaidline b ON b.overpayment_id = o.id
     WHERE o.application_id = case_id OR b.line_id IN (SELECT id FROM lines)),
open_ends(is_open) AS (
    SELECT true FROM applications_application a WHERE a.id = case_id AND a.state = 'submitted' AND a.closed_at IS NULL
    UNION ALL SELECT true FROM decisions_appeal p JOIN decisions_decision d ON d.id = p.decision_id
     WHERE d.application_id = case_id AND p.settled_at IS NULL
    UNION ALL SELECT true FROM decisions_decision d
     WHERE d.application_id = case_id AND d.outcome = 'approved' AND NOT EXISTS (SELECT 1 FROM granted)
    UNION ALL SELECT true FROM granted g LEFT JOIN entitlements_ending n ON n.entitlement_id = g.id
     WHERE g.kind = 'monthly' AND coalesce(n.ends_before, g.ends_before, 'infinity'::date) > phueng_now()::date
    UNION ALL SELECT true FROM granted g LEFT JOIN entitlements_ending n ON n.entitlement_id = g.id
     WHERE g.kind = 'lump_sum' AND n.id IS NULL
       AND NOT EXISTS (SELECT 1 FROM entitlements_due u WHERE u.entitlement_id = g.id)
    UNION ALL SELECT true FROM owed WHERE NOT EXISTS (
        SELECT 1 FROM lines l
         WHERE l.due_id = owed.id AND l.paid_at IS NOT NULL AND coalesce(l.returned_at, '-infinity') < l.paid_at)
    UNION ALL SELECT true FROM asked_back WHERE closed_at IS NULL)
SELECT CASE WHEN EXISTS (SELECT 1 FROM open_ends) THEN NULL ELSE greatest(
    a.started_at, a.submitted_at, a.closed_at,
    (SELECT max(saved_at) FROM questionnaires_answer WHERE sheet_id = a.sheet_id),
    (SELECT max(greatest(d.decided_at, p.settled_at)) FROM decisions_decision d
       LEFT JOIN decisions_appeal p ON p.decision_id = d.id WHERE d.application_id = a.id),
    (SELECT max(greatest(n.ended_at, n.ends_before::timestamptz, g.ends_before::timestamptz)) FROM granted g
       LEFT JOIN entitlements_ending n ON n.entitlement_id = g.id),
    (SELECT max(greatest(paid_at, returned_at)) FROM lines),
    (SELECT max(closed_at) FROM asked_back)) END
FROM applications_application a WHERE a.id = case_id
$$;
"""

WIPING = """
CREATE FUNCTION retention_wiping_is_due() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_act timestamptz := retention_last_act(NEW.application_id);
    today date := (phueng_now() AT TIME ZONE 'Asia/Bangkok')::date;
    was_sent boolean := (SELECT submitted_at IS NOT NULL FROM applications_application WHERE id = NEW.application_id);
BEGIN
    IF last_act IS NULL THEN
        RAISE EXCEPTION 'case_is_open: something in this case is still open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_is_open';
    END IF;
    -- A year at the least for what was sent, whatever a parameter says.
    IF NEW.last_act_on IS DISTINCT FROM (last_act AT TIME ZONE 'Asia/Bangkok')::date OR NEW.last_day >= today
       OR NEW.last_day < NEW.last_act_on + (CASE WHEN was_sent THEN 365 ELSE 1 END)
    THEN
        RAISE EXCEPTION 'still_kept: the time of this case is not over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'still_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retention_wiping_is_due BEFORE INSERT ON applications_wiping
    FOR EACH ROW EXECUTE FUNCTION retention_wiping_is_due();
"""
DROP = """
DROP TRIGGER IF EXISTS retention_wiping_is_due ON applications_wiping;
DROP FUNCTION IF EXISTS retention_wiping_is_due();
DROP FUNCTION IF EXISTS retention_last_act(uuid);
"""
