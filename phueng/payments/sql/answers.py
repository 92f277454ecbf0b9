"""What of an answer can never be rewritten?"""

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

# A million lines of an answer come in one statement: whose they are is looked at once a statement, not once a row.
RESULTS = """
CREATE FUNCTION payments_results_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT result_file_id FROM fresh) f
               LEFT JOIN payments_resultfile r ON r.id = f.result_file_id
               WHERE r.id IS NULL OR r.imported_at IS NOT NULL) THEN
        RAISE EXCEPTION 'lines belong to an answer that is being taken in'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_takes_no_line_any_more';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_results_come AFTER INSERT ON payments_resultline REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payments_results_come();
CREATE TRIGGER payments_resultline_require_audit AFTER INSERT OR UPDATE OR DELETE ON payments_resultline
    FOR EACH STATEMENT EXECUTE FUNCTION payments_owe_audit();
"""
DROP_RESULTS = """
DROP TRIGGER IF EXISTS payments_resultline_require_audit ON payments_resultline;
DROP TRIGGER IF EXISTS payments_results_come ON payments_resultline;
DROP FUNCTION IF EXISTS payments_results_come();
"""

# Paid never becomes returned by one person's word, nor by the bank's alone.
REVERSAL = """
CREATE FUNCTION payments_line_is_reversed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payments_reversal v WHERE v.line_id = NEW.id
                   AND v.confirmed_at IS NOT NULL AND v.dropped_at IS NULL) THEN
        RAISE EXCEPTION 'line % was paid, and comes back by a confirmed reversal only', NEW.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paid_line_is_reversed_by_two';
    END IF;
    RETURN NULL;
END $$;
-- The condition is looked at without a call, so that a million ordinary answers cost nothing.
CREATE TRIGGER payments_line_is_reversed AFTER UPDATE ON payments_line FOR EACH ROW
    WHEN (NEW.paid_at IS NOT NULL AND NEW.returned_at IS NOT NULL
          AND (OLD.returned_at IS NULL OR OLD.paid_at IS NULL))
    EXECUTE FUNCTION payments_line_is_reversed();
CREATE FUNCTION payments_reversal_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.confirmed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL
           OR NOT EXISTS (SELECT 1 FROM payments_line l WHERE l.id = NEW.line_id
                          AND l.paid_at IS NOT NULL AND l.returned_at IS NULL) THEN
            RAISE EXCEPTION 'only what was paid is noted to have come back'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'reversal_begins_with_a_paid_line';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.confirmed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL
       OR (to_jsonb(NEW) - '{confirmed_at,confirmed_by_id,dropped_at}'::text[])
          IS DISTINCT FROM (to_jsonb(OLD) - '{confirmed_at,confirmed_by_id,dropped_at}'::text[]) THEN
        RAISE EXCEPTION 'a reversal is noted once and settled once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reversal_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_reversal_goes_forward BEFORE INSERT OR UPDATE ON payments_reversal
    FOR EACH ROW EXECUTE FUNCTION payments_reversal_goes_forward();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_reversal FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
"""
DROP_REVERSAL = """
DROP TRIGGER IF EXISTS payments_row_stays ON payments_reversal;
DROP TRIGGER IF EXISTS payments_reversal_goes_forward ON payments_reversal;
DROP FUNCTION IF EXISTS payments_reversal_goes_forward();
DROP TRIGGER IF EXISTS payments_line_is_reversed ON payments_line;
DROP FUNCTION IF EXISTS payments_line_is_reversed();
"""

# What one person read from paper stands still while another compares it with the paper.
PRINTED = """
CREATE FUNCTION payments_printed_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changing text[] := '{confirmed_at,confirmed_by_id,result_id,dropped_at,dropped_why}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.handed_over_at IS NOT NULL OR NEW.confirmed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL THEN
            RAISE EXCEPTION 'a printed report begins unmarked'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'printed_report_begins_open';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.handed_over_at IS NULL THEN
        changing := changing || '{handed_over_at,handed_over_by_id,rest_is_paid}';
    END IF;
    IF OLD.confirmed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL
       OR (OLD.handed_over_at IS NULL AND NEW.confirmed_at IS NOT NULL)
       OR (to_jsonb(NEW) - changing) IS DISTINCT FROM (to_jsonb(OLD) - changing) THEN
        RAISE EXCEPTION 'what was read from paper is handed over once and settled once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'printed_report_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_printed_goes_forward BEFORE INSERT OR UPDATE ON payments_printedreport
    FOR EACH ROW EXECUTE FUNCTION payments_printed_goes_forward();
CREATE FUNCTION payments_marks_before_handing_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever hands the report over waits for this row, so that no mark slips in behind the sums.
    PERFORM 1 FROM payments_printedreport p JOIN payments_bankfile f ON f.id = p.file_id
        JOIN payments_line l ON l.id = NEW.line_id AND l.run_id = f.run_id
        WHERE p.id = NEW.report_id AND p.handed_over_at IS NULL AND p.dropped_at IS NULL FOR SHARE OF p;
    IF NOT FOUND OR (TG_OP = 'UPDATE' AND (NEW.line_id, NEW.report_id) IS DISTINCT FROM (OLD.line_id, OLD.report_id)) THEN
        RAISE EXCEPTION 'the report takes no mark any more, or the payment is of another run'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'marks_come_before_handing_over';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_marks_before_handing_over BEFORE INSERT OR UPDATE ON payments_printedmark
    FOR EACH ROW EXECUTE FUNCTION payments_marks_before_handing_over();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_printedreport
    FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_printedmark
    FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
"""
DROP_PRINTED = """
DROP TRIGGER IF EXISTS payments_row_stays ON payments_printedmark;
DROP TRIGGER IF EXISTS payments_row_stays ON payments_printedreport;
DROP TRIGGER IF EXISTS payments_marks_before_handing_over ON payments_printedmark;
DROP FUNCTION IF EXISTS payments_marks_before_handing_over();
DROP TRIGGER IF EXISTS payments_printed_goes_forward ON payments_printedreport;
DROP FUNCTION IF EXISTS payments_printed_goes_forward();
"""
