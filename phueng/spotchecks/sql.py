"""What does the database refuse when people are asked whether money arrived, whoever asks?"""

INTERVIEWERS = ("front_desk", "social_worker", "approver")
_ROLES = ", ".join(f"'{role}'" for role in INTERVIEWERS)


def _refuse(code: str, words: str) -> str:
    return f"RAISE EXCEPTION '{code}: {words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{code}';"


# HMAC-SHA256 (RFC 2104) for keys of 32 bytes, from the built-in sha256: no extension is needed.
_KEYED = """
CREATE FUNCTION spotchecks_key(seed text, reference text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    key bytea := decode(seed || repeat('00', 32), 'hex');
    inner_pad bytea := key;
    outer_pad bytea := key;
BEGIN
    FOR i IN 0..63 LOOP
        inner_pad := set_byte(inner_pad, i, get_byte(key, i) # 54);
        outer_pad := set_byte(outer_pad, i, get_byte(key, i) # 92);
    END LOOP;
    RETURN encode(sha256(outer_pad || sha256(inner_pad || convert_to(reference, 'SQL_ASCII'))), 'hex');
END $$;
"""
# Whoever asks or follows up is not of the office that paid, had no hand in the case, and is no relative.
_STRANGER = f"""
CREATE FUNCTION spotchecks_insist_on_stranger(of_line uuid, who uuid, today date) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    paid record;
    cases uuid[];
    officer uuid;
BEGIN
    SELECT l.run_id, l.person_id, r.office_id, r.prepared_by_id, r.released_by_id, u.entitlement_id INTO paid
    FROM payments_line l JOIN payments_run r ON r.id = l.run_id JOIN entitlements_due u ON u.id = l.due_id
    WHERE l.id = of_line;
    IF EXISTS (SELECT 1 FROM access_duty d WHERE d.account_id = who AND d.office_id = paid.office_id
               AND daterange(d.starts_on, d.ends_before) @> today) THEN
        {_refuse("of_the_paying_office", "this account has a duty in the office that paid")}
    END IF;
    SELECT array_agg(d.application_id) INTO cases FROM entitlements_entitlement e
    JOIN decisions_decision d ON d.id = e.decision_id WHERE e.id = paid.entitlement_id;
    IF who IN (paid.prepared_by_id, paid.released_by_id)
       OR EXISTS (SELECT 1 FROM payments_approval WHERE run_id = paid.run_id AND approved_by_id = who)
       OR EXISTS (SELECT 1 FROM access_hand WHERE account_id = who
                  AND (case_id = paid.run_id OR case_id = ANY(COALESCE(cases, '{{}}'))))
       OR EXISTS (SELECT 1 FROM decisions_decision d JOIN decisions_recommendation r ON r.id = d.recommendation_id
                  WHERE d.application_id = ANY(COALESCE(cases, '{{}}'))
                  AND who IN (d.decided_by_id, r.recommended_by_id)) THEN
        {_refuse("had_a_hand_before", "this account had a part in the case that was paid")}
    END IF;
    SELECT person_id INTO officer FROM registry_accountowner WHERE account_id = who;
    IF officer IS NOT NULL AND registry_is_kin(officer, paid.person_id, today) THEN
        {_refuse("related_to_person", "the officer is a relative of the person")}
    END IF;
END $$;
CREATE FUNCTION spotchecks_insist_on_interviewer(asked uuid, who uuid, today date) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    one spotchecks_interview%ROWTYPE;
BEGIN
    SELECT * INTO one FROM spotchecks_interview WHERE id = asked;
    IF one.unreached_at IS NOT NULL OR EXISTS (SELECT 1 FROM spotchecks_sheet WHERE interview_id = asked) THEN
        {_refuse("interview_is_over", "this interview has an answer or was given up")}
    END IF;
    PERFORM spotchecks_insist_on_stranger(one.line_id, who, today);
    IF NOT EXISTS (SELECT 1 FROM access_duty d WHERE d.account_id = who AND d.office_id = one.office_id
                   AND d.role IN ({_ROLES}) AND daterange(d.starts_on, d.ends_before) @> today) THEN
        {_refuse("outside_area", "this account asks for another office")}
    END IF;
END $$;
"""  # noqa: S608  # nosec B608  # our own words
_DRAWING = f"""
CREATE FUNCTION spotchecks_draw_is_honest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payments_sampleseed s WHERE s.run_id = NEW.run_id
                   AND s.commitment = encode(sha256(decode(NEW.seed, 'hex')), 'hex')) THEN
        {_refuse("seed_is_not_the_committed_one", "this seed was not laid down before the release")}
    END IF;
    IF EXISTS (SELECT 1 FROM payments_line WHERE run_id = NEW.run_id AND paid_at IS NULL AND returned_at IS NULL)
       OR NEW.paid_count <> (SELECT count(*) FROM payments_line WHERE run_id = NEW.run_id AND paid_at IS NOT NULL) THEN
        {_refuse("run_is_not_answered", "the sample is drawn from what really arrived, when all is answered")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spotchecks_draw_is_honest BEFORE INSERT ON spotchecks_draw
    FOR EACH ROW EXECUTE FUNCTION spotchecks_draw_is_honest();

CREATE FUNCTION spotchecks_interview_is_drawn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    drawn spotchecks_draw%ROWTYPE;
    paid record;
    last record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.unreached_at IS NOT NULL OR NEW.unreached_at IS NULL
           OR (to_jsonb(NEW) - 'unreached_at') IS DISTINCT FROM (to_jsonb(OLD) - 'unreached_at') THEN
            {_refuse("never_edited", "an interview is given up once, and nothing else")}
        END IF;
        SELECT d.* INTO drawn FROM spotchecks_draw d WHERE d.id = NEW.draw_id;
        IF EXISTS (SELECT 1 FROM spotchecks_sheet WHERE interview_id = NEW.id) OR drawn.tries >
           (SELECT count(DISTINCT (tried_at AT TIME ZONE 'Asia/Bangkok')::date) FROM spotchecks_try WHERE interview_id = NEW.id)
        THEN
            {_refuse("not_tried_enough", "somebody is given up after tries on several days")}
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO drawn FROM spotchecks_draw WHERE id = NEW.draw_id;
    -- Two that are given up at once wait for each other; the draw itself is a row that nobody may lock.
    PERFORM 1 FROM payments_run WHERE id = drawn.run_id FOR NO KEY UPDATE;
    SELECT l.run_id, l.reference, l.paid_at, o.province_id, o.id AS office_id INTO paid
    FROM payments_line l JOIN payments_run r ON r.id = l.run_id JOIN places_office o ON o.id = r.office_id
    WHERE l.id = NEW.line_id;
    IF paid.run_id <> drawn.run_id OR paid.paid_at IS NULL
       OR NEW.sort_key <> spotchecks_key(drawn.seed, paid.reference) THEN
        {_refuse("line_was_not_drawn", "the seed did not draw this payment")}
    END IF;
    SELECT max(place) AS place, max(sort_key) AS sort_key, count(unreached_at) AS given_up INTO last
    FROM spotchecks_interview WHERE draw_id = NEW.draw_id;
    IF NEW.place <> COALESCE(last.place, 0) + 1 OR NEW.sort_key <= COALESCE(last.sort_key, '')
       OR NEW.place > drawn.wanted + last.given_up OR NEW.unreached_at IS NOT NULL THEN
        {_refuse("out_of_order", "the sample follows the order of the seed, and a place is refilled only after the tries")}
    END IF;
    IF NOT EXISTS (SELECT 1 FROM places_office o WHERE o.id = NEW.office_id AND o.id <> paid.office_id
                   AND (o.kind = 'headquarters' OR o.province_id IS DISTINCT FROM paid.province_id)) THEN
        {_refuse("of_the_paying_office", "another province asks")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spotchecks_interview_is_drawn BEFORE INSERT OR UPDATE ON spotchecks_interview
    FOR EACH ROW EXECUTE FUNCTION spotchecks_interview_is_drawn();
"""  # noqa: S608  # nosec B608  # our own words
_ASKING = f"""
CREATE FUNCTION spotchecks_somebody_else_asks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said jsonb := to_jsonb(NEW);
    who uuid := COALESCE(said->>'asked_by_id', said->>'tried_by_id')::uuid;
    moment timestamptz := COALESCE(said->>'asked_at', said->>'tried_at')::timestamptz;
    today date := (moment AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    -- Two interviewers of one office wait for each other.
    PERFORM 1 FROM spotchecks_interview WHERE id = NEW.interview_id FOR UPDATE;
    PERFORM spotchecks_insist_on_interviewer(NEW.interview_id, who, today);
    IF said ? 'tried_on' AND (said->>'tried_on')::date <> today THEN
        {_refuse("never_edited", "a try stands on the day on which it was made")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spotchecks_somebody_else_asks BEFORE INSERT ON spotchecks_sheet
    FOR EACH ROW EXECUTE FUNCTION spotchecks_somebody_else_asks();
CREATE TRIGGER spotchecks_somebody_else_asks BEFORE INSERT ON spotchecks_try
    FOR EACH ROW EXECUTE FUNCTION spotchecks_somebody_else_asks();

CREATE FUNCTION spotchecks_receipt_is_of_a_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid payments_line%ROWTYPE;
BEGIN
    SELECT * INTO paid FROM payments_line WHERE id = NEW.line_id FOR KEY SHARE;
    IF paid.paid_at IS NULL THEN
        {_refuse("not_paid_yet", "only what was paid can be confirmed or disputed")}
    END IF;
    IF NEW.amount_satang >= paid.amount_satang THEN
        {_refuse("not_less_than_paid", "a part is less than the whole")}
    END IF;
    IF NEW.round <> 1 + (SELECT count(*) FROM spotchecks_receipt WHERE line_id = NEW.line_id) THEN
        {_refuse("receipts_of_a_line_are_counted", "answers follow one another")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spotchecks_receipt_is_of_a_payment BEFORE INSERT ON spotchecks_receipt
    FOR EACH ROW EXECUTE FUNCTION spotchecks_receipt_is_of_a_payment();

-- What was said cannot be kept off the auditor's list: looked at when the transaction ends.
CREATE FUNCTION spotchecks_nothing_is_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected text[] := '{{}}';
    found text[];
    paid bigint;
BEGIN
    IF TG_TABLE_NAME = 'spotchecks_sheet' THEN
        SELECT l.amount_satang INTO paid FROM spotchecks_interview i JOIN payments_line l ON l.id = i.line_id
        WHERE i.id = NEW.interview_id;
        IF NEW.received = 'none' THEN expected := expected || 'not_received'::text;
        ELSIF NEW.received = 'part' OR NEW.amount_satang <> paid THEN expected := expected || 'amount_differs'::text;
        END IF;
        IF NEW.asked_back = 'yes' THEN expected := expected || 'kickback'::text; END IF;
        IF NEW.knows_application = 'no' THEN expected := expected || 'unknown_application'::text; END IF;
        SELECT array_agg(kind::text) INTO found FROM spotchecks_discrepancy WHERE sheet_id = NEW.id;
    ELSE
        IF NEW.answer = 'none' THEN expected := ARRAY['not_received']; END IF;
        IF NEW.answer = 'part' THEN expected := ARRAY['amount_differs']; END IF;
        SELECT array_agg(kind::text) INTO found FROM spotchecks_discrepancy WHERE receipt_id = NEW.id;
    END IF;
    IF NOT (COALESCE(found, '{{}}') @> expected AND COALESCE(found, '{{}}') <@ expected) THEN
        {_refuse("discrepancy_is_hidden", "what does not fit stands on the list of the auditor, and nothing else")}
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER spotchecks_nothing_is_hidden AFTER INSERT ON spotchecks_sheet
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spotchecks_nothing_is_hidden();
CREATE CONSTRAINT TRIGGER spotchecks_nothing_is_hidden AFTER INSERT ON spotchecks_receipt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spotchecks_nothing_is_hidden();

CREATE FUNCTION spotchecks_discrepancy_is_followed_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{{outcome,why,closed_at,closed_by_id,closed_by_name}}';
    today date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.closed_at IS NOT NULL
           OR NEW.paid_satang <> (SELECT amount_satang FROM payments_line WHERE id = NEW.line_id)
           OR NOT EXISTS (SELECT 1 FROM spotchecks_sheet s JOIN spotchecks_interview i ON i.id = s.interview_id
                          WHERE s.id = NEW.sheet_id AND i.line_id = NEW.line_id
                          UNION ALL SELECT 1 FROM spotchecks_receipt r
                          WHERE r.id = NEW.receipt_id AND r.line_id = NEW.line_id) THEN
            {_refuse("discrepancy_is_of_its_line", "it belongs to the payment that was asked about, and begins open")}
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
       OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
        {_refuse("never_edited", "a discrepancy is closed once, and nothing else")}
    END IF;
    today := (NEW.closed_at AT TIME ZONE 'Asia/Bangkok')::date;
    PERFORM spotchecks_insist_on_stranger(NEW.line_id, NEW.closed_by_id, today);
    IF NOT EXISTS (SELECT 1 FROM access_duty d WHERE d.account_id = NEW.closed_by_id AND d.role = 'auditor'
                   AND daterange(d.starts_on, d.ends_before) @> today) THEN
        {_refuse("outside_area", "an auditor follows it up")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spotchecks_discrepancy_is_followed_up BEFORE INSERT OR UPDATE ON spotchecks_discrepancy
    FOR EACH ROW EXECUTE FUNCTION spotchecks_discrepancy_is_followed_up();
CREATE FUNCTION spotchecks_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER spotchecks_row_stays BEFORE DELETE ON spotchecks_interview
    FOR EACH ROW EXECUTE FUNCTION spotchecks_row_stays();
CREATE TRIGGER spotchecks_row_stays BEFORE DELETE ON spotchecks_discrepancy
    FOR EACH ROW EXECUTE FUNCTION spotchecks_row_stays();
"""  # noqa: S608  # nosec B608  # our own words

GUARDS = _KEYED + _STRANGER + _DRAWING + _ASKING
DROP_GUARDS = """
DROP TRIGGER IF EXISTS spotchecks_row_stays ON spotchecks_discrepancy;
DROP TRIGGER IF EXISTS spotchecks_row_stays ON spotchecks_interview;
DROP FUNCTION IF EXISTS spotchecks_row_stays();
DROP TRIGGER IF EXISTS spotchecks_discrepancy_is_followed_up ON spotchecks_discrepancy;
DROP FUNCTION IF EXISTS spotchecks_discrepancy_is_followed_up();
DROP TRIGGER IF EXISTS spotchecks_nothing_is_hidden ON spotchecks_receipt;
DROP TRIGGER IF EXISTS spotchecks_nothing_is_hidden ON spotchecks_sheet;
DROP FUNCTION IF EXISTS spotchecks_nothing_is_hidden();
DROP TRIGGER IF EXISTS spotchecks_receipt_is_of_a_payment ON spotchecks_receipt;
DROP FUNCTION IF EXISTS spotchecks_receipt_is_of_a_payment();
DROP TRIGGER IF EXISTS spotchecks_somebody_else_asks ON spotchecks_try;
DROP TRIGGER IF EXISTS spotchecks_somebody_else_asks ON spotchecks_sheet;
DROP FUNCTION IF EXISTS spotchecks_somebody_else_asks();
DROP TRIGGER IF EXISTS spotchecks_interview_is_drawn ON spotchecks_interview;
DROP FUNCTION IF EXISTS spotchecks_interview_is_drawn();
DROP TRIGGER IF EXISTS spotchecks_draw_is_honest ON spotchecks_draw;
DROP FUNCTION IF EXISTS spotchecks_draw_is_honest();
DROP FUNCTION IF EXISTS spotchecks_insist_on_interviewer(uuid, uuid, date);
DROP FUNCTION IF EXISTS spotchecks_insist_on_stranger(uuid, uuid, date);
DROP FUNCTION IF EXISTS spotchecks_key(text, text);
"""
APPEND_ONLY_TABLES = ("spotchecks_draw", "spotchecks_try", "spotchecks_sheet", "spotchecks_receipt")
AUDITED_TABLES = (*APPEND_ONLY_TABLES, "spotchecks_interview", "spotchecks_discrepancy")
