"""Which payments does the database refuse, whoever asks?"""

# A frozen line says for ever what it said when it was prepared; the bank's answer is added once and never taken back.
LINE = """
CREATE SEQUENCE payments_line_number;
CREATE FUNCTION payments_line_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_run%ROWTYPE;
    answer text[] := '{paid_at,returned_at,returned_code,dropped_at,settled_on,bank_reference}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- Whoever signs the run waits for this row, so that nothing slips in between counting and signing.
        SELECT * INTO run FROM payments_run WHERE id = NEW.run_id FOR SHARE;
        IF run.checked_at IS NOT NULL OR run.abandoned_at IS NOT NULL THEN
            RAISE EXCEPTION 'run % takes no line any more', run.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'checked_run_takes_no_line';
        END IF;
        IF NEW.paid_at IS NOT NULL OR NEW.returned_at IS NOT NULL OR NEW.dropped_at IS NOT NULL THEN
            RAISE EXCEPTION 'a line is answered after its run is released'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'only_released_lines_are_answered';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = NEW.run_id;
    IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer)
       OR (OLD.paid_at IS NOT NULL AND (NEW.paid_at, NEW.settled_on, NEW.bank_reference)
           IS DISTINCT FROM (OLD.paid_at, OLD.settled_on, OLD.bank_reference))
       OR (OLD.returned_at IS NOT NULL AND (NEW.returned_at, NEW.returned_code, NEW.settled_on)
           IS DISTINCT FROM (OLD.returned_at, OLD.returned_code, OLD.settled_on))
       OR (OLD.dropped_at IS NOT NULL AND NEW.dropped_at IS DISTINCT FROM OLD.dropped_at)
    THEN
        RAISE EXCEPTION 'line % is frozen', OLD.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'line_is_frozen';
    END IF;
    IF (NEW.paid_at IS NOT NULL OR NEW.returned_at IS NOT NULL) AND run.released_at IS NULL THEN
        RAISE EXCEPTION 'line % was never released', OLD.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_released_lines_are_answered';
    END IF;
    -- A dropped line frees its due: were its run still payable, the due could be paid twice.
    IF NEW.dropped_at IS NOT NULL AND run.abandoned_at IS NULL THEN
        RAISE EXCEPTION 'line % is dropped with its whole run only', OLD.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_abandoned_lines_are_dropped';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_line_is_frozen BEFORE INSERT OR UPDATE ON payments_line
    FOR EACH ROW EXECUTE FUNCTION payments_line_is_frozen();
CREATE FUNCTION payments_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_line FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_run FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_bankfile FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_filetrouble FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_resultfile FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_suspenseitem FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
"""
DROP_LINE = """
DROP TRIGGER IF EXISTS payments_row_stays ON payments_suspenseitem;
DROP TRIGGER IF EXISTS payments_row_stays ON payments_resultfile;
DROP TRIGGER IF EXISTS payments_row_stays ON payments_filetrouble;
DROP TRIGGER IF EXISTS payments_row_stays ON payments_bankfile;
DROP TRIGGER IF EXISTS payments_row_stays ON payments_run;
DROP TRIGGER IF EXISTS payments_row_stays ON payments_line;
DROP FUNCTION IF EXISTS payments_row_stays();
DROP TRIGGER IF EXISTS payments_line_is_frozen ON payments_line;
DROP FUNCTION IF EXISTS payments_line_is_frozen();
DROP SEQUENCE IF EXISTS payments_line_number;
"""

# Each signature moves the run one step, once, by somebody with that duty in its office (or the paired one), whose
# hand is on no case of the run in another part; and what is signed is what was frozen.
RUN = """
-- A single sum is one case: no account has two hands in it. A monthly benefit is paid again and again: there only the
-- hands that judged the case forbid to pay it. Judging is read from the facts, not from the hands alone.
CREATE FUNCTION payments_has_a_hand(of_run uuid, signer uuid, own_hand text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM payments_line l
        JOIN entitlements_due u ON u.id = l.due_id
        JOIN entitlements_entitlement e ON e.id = u.entitlement_id
        JOIN decisions_decision c ON c.id = e.decision_id
        JOIN decisions_recommendation r ON r.id = c.recommendation_id
        JOIN applications_application a ON a.id = c.application_id
        WHERE l.run_id = of_run AND (
            signer IN (c.decided_by_id, r.recommended_by_id, a.entered_by_id)
            OR EXISTS (SELECT 1 FROM access_hand h
                       WHERE h.case_id = a.id AND h.account_id = signer AND h.hand <> own_hand
                         AND (u.ordinal IS NOT NULL OR h.hand IN ('recorder', 'verifier', 'approver')))))
$$;
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
        RETURN;  -- there are no lines yet: payments_maker_has_no_hand looks when they come
    END IF;
    SELECT count(*), COALESCE(sum(amount_satang), 0) INTO lines, total FROM payments_line WHERE run_id = run.id;
    IF lines <> run.line_count OR total <> run.total_satang THEN
        RAISE EXCEPTION 'run % holds % lines of % satang, not what was frozen', run.number, lines, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_what_was_frozen';
    END IF;
    IF payments_has_a_hand(run.id, signer, CASE needed WHEN 'finance_checker' THEN 'checker' ELSE 'releaser' END) THEN
        RAISE EXCEPTION 'signer had a hand in a case of run %', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_has_a_hand';
    END IF;
END $$;
CREATE FUNCTION payments_maker_has_no_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_run%ROWTYPE;
BEGIN
    FOR run IN SELECT * FROM payments_run WHERE id IN (SELECT DISTINCT run_id FROM fresh) LOOP
        IF payments_has_a_hand(run.id, run.prepared_by_id, 'payer') THEN
            RAISE EXCEPTION 'the maker had a hand in a case of run %', run.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_has_a_hand';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_maker_has_no_hand AFTER INSERT ON payments_line REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payments_maker_has_no_hand();
CREATE FUNCTION payments_run_is_signed_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.checked_at IS NOT NULL OR NEW.released_at IS NOT NULL OR NEW.abandoned_at IS NOT NULL THEN
            RAISE EXCEPTION 'run % is signed step by step', NEW.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_frozen';
        END IF;
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
DROP TRIGGER IF EXISTS payments_maker_has_no_hand ON payments_line;
DROP FUNCTION IF EXISTS payments_maker_has_no_hand();
DROP FUNCTION IF EXISTS payments_signer_is_allowed(payments_run, uuid, text, timestamptz);
DROP FUNCTION IF EXISTS payments_has_a_hand(uuid, uuid, text);
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

# What the other side said stays as it came; a person adds once what it turned out to be.
ANSWER = """
CREATE FUNCTION payments_answer_stays_as_it_came() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changing text[];
BEGIN
    IF TG_TABLE_NAME = 'payments_resultfile' THEN
        changing := '{imported_at,office_id,paid_count,returned_count,suspense_count,repeated_count,pending_count}';
        IF OLD.imported_at IS NOT NULL THEN
            changing := '{}';
        END IF;
    ELSIF OLD.settled_at IS NULL THEN
        changing := '{settled_at,settled_by_id,settled_by_name,settled_why}';
    ELSE
        changing := '{}';
    END IF;
    IF (to_jsonb(NEW) - changing) IS DISTINCT FROM (to_jsonb(OLD) - changing) THEN
        RAISE EXCEPTION 'what was answered or settled is never edited'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_answer_stays_as_it_came BEFORE UPDATE ON payments_resultfile
    FOR EACH ROW EXECUTE FUNCTION payments_answer_stays_as_it_came();
CREATE TRIGGER payments_answer_stays_as_it_came BEFORE UPDATE ON payments_suspenseitem
    FOR EACH ROW EXECUTE FUNCTION payments_answer_stays_as_it_came();
CREATE TRIGGER payments_answer_stays_as_it_came BEFORE UPDATE ON payments_filetrouble
    FOR EACH ROW EXECUTE FUNCTION payments_answer_stays_as_it_came();
"""
DROP_ANSWER = """
DROP TRIGGER IF EXISTS payments_answer_stays_as_it_came ON payments_filetrouble;
DROP TRIGGER IF EXISTS payments_answer_stays_as_it_came ON payments_suspenseitem;
DROP TRIGGER IF EXISTS payments_answer_stays_as_it_came ON payments_resultfile;
DROP FUNCTION IF EXISTS payments_answer_stays_as_it_came();
"""

AUDITED_TABLES = (
    "payments_run",
    "payments_line",
    "payments_bankfile",
    "payments_filetrouble",
    "payments_resultfile",
    "payments_suspenseitem",
)
