"""Which promises about checks does the database itself keep, and which check is due next?"""

from phueng.verification.kinds import BY_WORKER

GUARD_CHECK = """
CREATE FUNCTION verification_guard_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.answered_at IS NOT NULL THEN
        RAISE EXCEPTION 'an answered check stays as it is; ask again in a new round'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.application_id <> OLD.application_id OR NEW.kind <> OLD.kind OR NEW.round <> OLD.round THEN
        RAISE EXCEPTION 'a check keeps its application, kind and round' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_check_guard BEFORE UPDATE OR DELETE ON verification_check
    FOR EACH ROW EXECUTE FUNCTION verification_guard_check();
"""
DROP_GUARD_CHECK = """
DROP TRIGGER verification_check_guard ON verification_check;
DROP FUNCTION verification_guard_check();
"""

GUARD_VISIT = """
CREATE FUNCTION verification_guard_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.finished_at IS NOT NULL THEN
        RAISE EXCEPTION 'a finished visit stays as it is; visit again' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_visit_guard BEFORE UPDATE OR DELETE ON verification_visit
    FOR EACH ROW EXECUTE FUNCTION verification_guard_visit();
"""
DROP_GUARD_VISIT = """
DROP TRIGGER verification_visit_guard ON verification_visit;
DROP FUNCTION verification_guard_visit();
"""

# Once its case was wiped (applications_wiping), a row may lose what it says about people, exactly that, and nothing else.
_WIPED = "EXISTS (SELECT 1 FROM applications_wiping w WHERE w.application_id = OLD.application_id)"
_CHECK_FUNCTION = GUARD_CHECK.split("CREATE TRIGGER")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
_VISIT_FUNCTION = GUARD_VISIT.split("CREATE TRIGGER")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
KEEP_CHECK, KEEP_VISIT = _CHECK_FUNCTION, _VISIT_FUNCTION
_LET_CHECK = f"""BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - '{{question,answer}}'::text[]) = (to_jsonb(OLD) - '{{question,answer}}'::text[])
       AND NEW.question = '{{}}' AND NEW.answer = '{{}}' AND {_WIPED} THEN
        RETURN NEW;
    END IF;"""
_LET_VISIT = f"""BEGIN
    IF TG_OP = 'UPDATE' AND NEW.latitude IS NULL AND NEW.longitude IS NULL
       AND (to_jsonb(NEW) - '{{latitude,longitude}}'::text[]) = (to_jsonb(OLD) - '{{latitude,longitude}}'::text[])
       AND {_WIPED} THEN
        RETURN NEW;
    END IF;"""
LET_CHECK_GO = _CHECK_FUNCTION.replace("BEGIN", _LET_CHECK, 1)
LET_VISIT_GO = _VISIT_FUNCTION.replace("BEGIN", _LET_VISIT, 1)

_PLACES = ", ".join(f"('{kind}', {place})" for place, kind in enumerate(BY_WORKER))

# The next due check whose predecessors are settled. What waits for an officer is not looked at, so that a hundred such
# cases never stand in the way of the hundred-and-first. Local checks first: a slow register delays nobody else.
NEXT_DUE = f"""
WITH place(kind, n) AS (VALUES {_PLACES})
SELECT c.id, c.kind
FROM verification_check c JOIN place USING (kind) JOIN applications_application a ON a.id = c.application_id
WHERE c.outcome = 'waiting' AND c.next_try_at <= %(at)s AND NOT c.kind = ANY(%(leave_out)s)
  AND a.state = 'submitted' AND a.closed_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM verification_check p JOIN place q ON q.kind = p.kind
    LEFT JOIN verification_settlement s ON s.check_asked_id = p.id
    WHERE p.application_id = c.application_id AND q.n < place.n
      AND p.round = (SELECT max(r.round) FROM verification_check r
                     WHERE r.application_id = p.application_id AND r.kind = p.kind)
      AND (p.outcome = 'waiting'
           OR (p.answer ->> 'stops_others' = 'true' AND s.outcome IS DISTINCT FROM 'accepted')))
ORDER BY (c.kind = 'civil_register'), a.is_emergency DESC, c.next_try_at, place.n
LIMIT 1 FOR UPDATE OF c SKIP LOCKED
"""  # noqa: S608 (only texts of this file are put together)

AUDITED_TABLES = ("verification_check", "verification_settlement", "verification_visit")
