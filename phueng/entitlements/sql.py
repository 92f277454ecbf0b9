"""Which promises about dues does the database itself keep, and how are missing months found?"""

# A second lock behind the unique constraint: the constraint knows records, this knows that two records are one person.
GUARD_DUE = """
CREATE FUNCTION entitlements_guard_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.month IS NULL THEN
        RETURN NEW;
    END IF;
    IF registry_canonical(NEW.person_id) <> NEW.person_id THEN
        RAISE EXCEPTION 'a month falls due to the canonical person only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM registry_selves(NEW.person_id) self JOIN entitlements_due d ON d.person_id = self
        WHERE self <> NEW.person_id AND d.scheme_code = NEW.scheme_code AND d.month = NEW.month
            AND d.nth_difference = NEW.nth_difference
    ) THEN
        RAISE EXCEPTION 'this month has fallen due to the same person already' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entitlements_due_guard BEFORE INSERT ON entitlements_due
    FOR EACH ROW EXECUTE FUNCTION entitlements_guard_due();
"""

DROP_GUARD_DUE = """
DROP TRIGGER entitlements_due_guard ON entitlements_due;
DROP FUNCTION entitlements_guard_due();
"""

# A month is owed when the entitlement stands on its first day: begun, not ended, not on hold, the person alive. A month
# that fell due to any record of the same person is not owed again.
_OWED = """
    e.kind = 'monthly' AND (m.month >= e.starts_on OR EXISTS (
        SELECT 1 FROM unnest(%(part_schemes)s::text[], %(part_from)s::date[], %(part_until)s::date[]) p(code, first, last)
        WHERE p.code = e.scheme_code AND e.starts_on >= p.first AND e.starts_on < p.last))
    AND (e.ends_before IS NULL OR m.month < e.ends_before)
    AND NOT EXISTS (SELECT 1 FROM entitlements_ending z WHERE z.entitlement_id = e.id AND m.month >= z.ends_before)
    AND NOT EXISTS (
        SELECT 1 FROM entitlements_hold h WHERE h.entitlement_id = e.id
        AND m.month >= h.starts_on AND (h.ends_before IS NULL OR m.month < h.ends_before))
    AND NOT EXISTS (
        SELECT 1 FROM registry_selves(e.person_id) self JOIN entitlements_due d ON d.person_id = self
        WHERE d.scheme_code = e.scheme_code AND d.month = m.month)
    AND NOT EXISTS (
        SELECT 1 FROM registry_selves(e.person_id) self JOIN registry_person p ON p.id = self
        WHERE p.died_on < m.month)
"""
_MONTHS = """
    generate_series(date_trunc('month', e.starts_on::timestamp), date_trunc('month', %(today)s::timestamp), '1 month') g(at),
    LATERAL (SELECT g.at::date AS month) m
"""

# Which entitlements lack a month, a bounded batch in the order of their ids. The first test reads one index and drops
# nearly everybody; the second asks in full.
CANDIDATES = f"""
SELECT e.id, e.person_id FROM entitlements_entitlement e
WHERE e.kind = 'monthly' AND e.starts_on <= %(today)s AND e.id > %(after)s
  AND EXISTS (
    SELECT 1 FROM {_MONTHS}
    WHERE NOT EXISTS (
        SELECT 1 FROM entitlements_due d
        WHERE d.person_id = e.person_id AND d.scheme_code = e.scheme_code AND d.month = m.month))
  AND EXISTS (SELECT 1 FROM {_MONTHS} WHERE {_OWED})
ORDER BY e.id LIMIT %(limit)s
"""  # noqa: S608 (only texts of this file are put together)

MISSING_MONTHS = f"""
SELECT e.id, registry_canonical(e.person_id), e.household_id, e.scheme_code, e.office_code, e.amount_satang,
       e.starts_on, m.month
FROM entitlements_entitlement e, {_MONTHS}
WHERE e.id = ANY(%(candidates)s) AND {_OWED}
ORDER BY m.month, e.id
"""  # noqa: S608

# Months that fell due to this record, with everything owed for them so far. A person's records may have been merged since:
# only the canonical one is worked out again, and dues of both count.
OWED_BEFORE = """
SELECT e.id, e.person_id, e.household_id, e.office_code, e.amount_satang, e.starts_on, d.month,
       (SELECT sum(o.amount_satang)::bigint FROM registry_selves(e.person_id) self
        JOIN entitlements_due o ON o.person_id = self
        WHERE o.scheme_code = e.scheme_code AND o.month = d.month),
       (SELECT max(o.nth_difference) FROM registry_selves(e.person_id) self JOIN entitlements_due o ON o.person_id = self
        WHERE o.scheme_code = e.scheme_code AND o.month = d.month)
FROM (SELECT * FROM entitlements_entitlement
      WHERE kind = 'monthly' AND scheme_code = %(scheme)s AND id > %(after)s
        AND registry_canonical(person_id) = person_id ORDER BY id LIMIT %(limit)s) e
JOIN entitlements_due d ON d.entitlement_id = e.id AND d.nth_difference = 0 AND d.month >= %(since)s
ORDER BY d.month, e.id
"""

# Key share is what a foreign key takes: it waits for a merge that is being said and keeps a new one waiting.
HOLD_PEOPLE = """
SELECT 1 FROM registry_person
WHERE id IN (SELECT self FROM unnest(%(people)s::uuid[]) asked, registry_selves(asked) self)
ORDER BY id FOR KEY SHARE
"""

# Rows that are only ever added cannot be locked by a role that may not change them: a lock by name stands in.
HOLD_ENTITLEMENT = "SELECT pg_advisory_xact_lock(hashtextextended('entitlement:' || %s::uuid::text, 0))"
HOLD_FALLING_DUE = "SELECT pg_try_advisory_xact_lock(hashtextextended('entitlements.fall_due', 0))"

AUDITED_TABLES = ("entitlements_entitlement", "entitlements_hold", "entitlements_ending", "entitlements_due")
APPEND_ONLY = ("entitlements_entitlement", "entitlements_ending", "entitlements_due")
