"""Which payments does the database refuse, whoever asks?"""

# A frozen line says for ever what it said when it was prepared; the bank's answer is added once and never taken back.
LINE = """
CREATE SEQUENCE payments_line_number;
CREATE FUNCTION payments_line_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_run%ROWTYPE;
BEGIN
    SELECT * INTO run FROM payments_run WHERE id = NEW.run_id;
    IF TG_OP = 'INSERT' THEN
        IF run.checked_at IS NOT NULL THEN
            RAISE EXCEPTION 'run % is checked: no line can be added', run.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'checked_run_takes_no_line';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.run_id, NEW.number, NEW.due_id, NEW.person_id, NEW.payee_name, NEW.bank_code, NEW.branch, NEW.account,
        NEW.amount_satang, NEW.reference) IS DISTINCT FROM
       (OLD.run_id, OLD.number, OLD.due_id, OLD.person_id, OLD.payee_name, OLD.bank_code, OLD.branch, OLD.account,
        OLD.amount_satang, OLD.reference)
       OR (OLD.paid_at IS NOT NULL AND NEW.paid_at IS DISTINCT FROM OLD.paid_at)
       OR (OLD.returned_at IS NOT NULL AND NEW.returned_at IS DISTINCT FROM OLD.returned_at)
       OR (OLD.dropped_at IS NOT NULL AND NEW.dropped_at IS DISTINCT FROM OLD.dropped_at)
    THEN
        RAISE EXCEPTION 'line % is frozen', OLD.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'line_is_frozen';
    END IF;
    IF (NEW.paid_at IS NOT NULL OR NEW.returned_at IS NOT NULL) AND run.released_at IS NULL THEN
        RAISE EXCEPTION 'line % was never released', OLD.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_released_lines_are_answered';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_line_is_frozen BEFORE INSERT OR UPDATE ON payments_line
    FOR EACH ROW EXECUTE FUNCTION payments_line_is_frozen();
CREATE FUNCTION payments_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payment rows are never removed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER payments_line_stays BEFORE DELETE ON payments_line FOR EACH ROW EXECUTE FUNCTION payments_line_stays();
CREATE TRIGGER payments_run_stays BEFORE DELETE ON payments_run FOR EACH ROW EXECUTE FUNCTION payments_line_stays();
CREATE TRIGGER payments_bankfile_stays BEFORE DELETE ON payments_bankfile FOR EACH ROW EXECUTE FUNCTION payments_line_stays();
"""
DROP_LINE = """
DROP TRIGGER IF EXISTS payments_bankfile_stays ON payments_bankfile;
DROP TRIGGER IF EXISTS payments_run_stays ON payments_run;
DROP TRIGGER IF EXISTS payments_line_stays ON payments_line;
DROP FUNCTION IF EXISTS payments_line_stays();
DROP TRIGGER IF EXISTS payments_line_is_frozen ON payments_line;
DROP FUNCTION IF EXISTS payments_line_is_frozen();
DROP SEQUENCE IF EXISTS payments_line_number;
"""

# Each signature moves the run one step, once, by somebody with that duty in its office (or the paired one), whose
# hand is on no case of the run in another part; and what is signed is what was frozen.
RUN = """
CREATE FUNCTION payments_signer_is_allowed(run payments_run, signer uuid, needed text, moment timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lines integer;
    total bigint;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM access_duty d JOIN places_office o ON o.id = run.office_id
        WHERE d.account_id = signer AND d.role = needed AND d.office_id IN (o.id, o.paired_office_id)
          AND daterange(d.starts_on, d.ends_before) @> (moment AT TIME ZONE 'Asia/Bangkok')::date)
    THEN
        RAISE EXCEPTION 'signer holds no duty % for the office of run %', needed, run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_outside_area';
    END IF;
    IF needed = 'finance_maker' THEN
        RETURN;
    END IF;
    SELECT count(*), COALESCE(sum(amount_satang), 0) INTO lines, total FROM payments_line WHERE run_id = run.id;
    IF lines <> run.line_count OR total <> run.total_satang THEN
        RAISE EXCEPTION 'run % holds % lines of % satang, not what was frozen', run.number, lines, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_what_was_frozen';
    END IF;
    IF EXISTS (
        SELECT 1 FROM payments_line l
        JOIN entitlements_due u ON u.id = l.due_id
        JOIN entitlements_entitlement e ON e.id = u.entitlement_id
        JOIN decisions_decision c ON c.id = e.decision_id
        JOIN access_hand h ON h.case_id = c.application_id AND h.account_id = signer
        WHERE l.run_id = run.id AND h.hand IN ('recorder', 'verifier', 'approver'))
    THEN
        RAISE EXCEPTION 'signer had a hand in a case of run %', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_has_a_hand';
    END IF;
END $$;
CREATE FUNCTION payments_run_is_signed_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM payments_signer_is_allowed(NEW, NEW.prepared_by_id, 'finance_maker', NEW.prepared_at);
        RETURN NEW;
    END IF;
    IF (NEW.number, NEW.pay_route, NEW.scheme_code, NEW.office_id, NEW.fiscal_year, NEW.effective_on, NEW.line_count,
        NEW.total_satang, NEW.lines_root, NEW.prepared_at, NEW.prepared_by_id) IS DISTINCT FROM
       (OLD.number, OLD.pay_route, OLD.scheme_code, OLD.office_id, OLD.fiscal_year, OLD.effective_on, OLD.line_count,
        OLD.total_satang, OLD.lines_root, OLD.prepared_at, OLD.prepared_by_id)
       OR (OLD.checked_at IS NOT NULL AND (NEW.checked_at, NEW.checked_by_id) IS DISTINCT FROM (OLD.checked_at, OLD.checked_by_id))
       OR (OLD.released_at IS NOT NULL AND (NEW.released_at, NEW.released_by_id) IS DISTINCT FROM (OLD.released_at, OLD.released_by_id))
       OR (OLD.abandoned_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'run % is frozen', OLD.number USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_frozen';
    END IF;
    IF NEW.checked_at IS NOT NULL AND OLD.checked_at IS NULL THEN
        PERFORM payments_signer_is_allowed(NEW, NEW.checked_by_id, 'finance_checker', NEW.checked_at);
    END IF;
    IF NEW.released_at IS NOT NULL AND OLD.released_at IS NULL THEN
        PERFORM payments_signer_is_allowed(NEW, NEW.released_by_id, 'releaser', NEW.released_at);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_run_is_signed_in_order BEFORE INSERT OR UPDATE ON payments_run
    FOR EACH ROW EXECUTE FUNCTION payments_run_is_signed_in_order();
"""
DROP_RUN = """
DROP TRIGGER IF EXISTS payments_run_is_signed_in_order ON payments_run;
DROP FUNCTION IF EXISTS payments_run_is_signed_in_order();
DROP FUNCTION IF EXISTS payments_signer_is_allowed(payments_run, uuid, text, timestamptz);
"""

# The intent is stored before a byte leaves and is never rewritten; a file belongs to a released run.
FILE = """
CREATE FUNCTION payments_file_is_intent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM payments_run WHERE id = NEW.run_id AND released_at IS NOT NULL) THEN
            RAISE EXCEPTION 'a file is written for a released run only'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'file_needs_release';
        END IF;
        IF NEW.sha256 <> encode(sha256(NEW.content), 'hex') THEN
            RAISE EXCEPTION 'the fingerprint is not that of the content'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'file_matches_its_hash';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - 'sent_at') IS DISTINCT FROM (to_jsonb(OLD) - 'sent_at')
       OR (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at)
    THEN
        RAISE EXCEPTION 'file % is never rewritten', OLD.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_file_is_intent BEFORE INSERT OR UPDATE ON payments_bankfile
    FOR EACH ROW EXECUTE FUNCTION payments_file_is_intent();
"""
DROP_FILE = """
DROP TRIGGER IF EXISTS payments_file_is_intent ON payments_bankfile;
DROP FUNCTION IF EXISTS payments_file_is_intent();
"""

AUDITED_TABLES = ("payments_run", "payments_line", "payments_bankfile", "payments_resultfile", "payments_suspenseitem")
