"""Which changes of a line does the database refuse?

Every guard here looks once at a whole statement, not at each row: a run may have a million lines, and a million calls
of a function cost more than the rows themselves.
"""

# A frozen line says for ever what it said when it was prepared; the bank's answer is added once and never taken back.
LINE = """
CREATE SEQUENCE payments_line_number;
CREATE FUNCTION payments_lines_come() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_run%ROWTYPE;
BEGIN
    -- Whoever freezes or signs the run waits for this row, so that nothing slips in between counting and signing.
    FOR run IN SELECT * FROM payments_run WHERE id IN (SELECT run_id FROM fresh) FOR SHARE LOOP
        IF run.frozen_at IS NOT NULL OR run.checked_at IS NOT NULL OR run.abandoned_at IS NOT NULL THEN
            RAISE EXCEPTION 'run % takes no line any more', run.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen_run_takes_no_line';
        END IF;
    END LOOP;
    IF EXISTS (SELECT 1 FROM fresh WHERE paid_at IS NOT NULL OR returned_at IS NOT NULL OR dropped_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a line is answered after its run is released'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_released_lines_are_answered';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_lines_come AFTER INSERT ON payments_line REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payments_lines_come();
CREATE FUNCTION payments_lines_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fault text;
    wrong text;
BEGIN
    SELECT judged.reference, judged.fault INTO wrong, fault FROM (
        SELECT COALESCE(n.reference, o.reference) AS reference, CASE
            WHEN o.id IS NULL OR n.id IS NULL
                OR (n.run_id, n.number, n.due_id, n.person_id, n.payee_name, n.bank_code, n.branch, n.account,
                    n.last_digits, n.national_id, n.amount_satang, n.reference)
                   IS DISTINCT FROM
                   (o.run_id, o.number, o.due_id, o.person_id, o.payee_name, o.bank_code, o.branch, o.account,
                    o.last_digits, o.national_id, o.amount_satang, o.reference)
                OR (o.paid_at IS NOT NULL AND (n.paid_at, n.settled_on, n.bank_reference)
                    IS DISTINCT FROM (o.paid_at, o.settled_on, o.bank_reference))
                OR (o.returned_at IS NOT NULL AND (n.returned_at, n.returned_code, n.settled_on)
                    IS DISTINCT FROM (o.returned_at, o.returned_code, o.settled_on))
                OR (o.dropped_at IS NOT NULL AND n.dropped_at IS DISTINCT FROM o.dropped_at)
                THEN 'line_is_frozen'
            WHEN (n.paid_at IS NOT NULL OR n.returned_at IS NOT NULL) AND r.released_at IS NULL
                THEN 'only_released_lines_are_answered'
            -- A dropped line frees its due: were its run still payable, the due could be paid twice.
            WHEN n.dropped_at IS NOT NULL AND r.abandoned_at IS NULL
                THEN 'only_abandoned_lines_are_dropped'
            END AS fault
        FROM earlier o FULL JOIN later n ON n.id = o.id LEFT JOIN payments_run r ON r.id = n.run_id
    ) judged WHERE judged.fault IS NOT NULL LIMIT 1;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'line % refused: %', wrong, fault USING ERRCODE = 'check_violation', CONSTRAINT = fault;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_lines_stay AFTER UPDATE ON payments_line REFERENCING OLD TABLE AS earlier NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION payments_lines_stay();
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
DROP TRIGGER IF EXISTS payments_lines_stay ON payments_line;
DROP FUNCTION IF EXISTS payments_lines_stay();
DROP TRIGGER IF EXISTS payments_lines_come ON payments_line;
DROP FUNCTION IF EXISTS payments_lines_come();
DROP SEQUENCE IF EXISTS payments_line_number;
"""

# The audit entry that every change needs is asked for at commit. A deferred trigger works row by row; so each statement
# leaves one row here instead, and that row asks. Rolled back to a savepoint, both go; and a row of another transaction
# cannot stand in, because the key is the transaction's own number.
AUDIT_OF_LINES = """
CREATE TABLE payments_auditowed (
    xid bigint NOT NULL,
    of_table text NOT NULL,
    PRIMARY KEY (xid, of_table)
);
CREATE FUNCTION payments_owe_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO payments_auditowed (xid, of_table) VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION payments_pay_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_entry WHERE xid = NEW.xid) THEN
        RAISE EXCEPTION 'a change of % left no audit entry in its transaction', NEW.of_table
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    DELETE FROM payments_auditowed WHERE xid = NEW.xid AND of_table = NEW.of_table;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_pay_audit AFTER INSERT ON payments_auditowed DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_pay_audit();
CREATE TRIGGER payments_line_require_audit AFTER INSERT OR UPDATE OR DELETE ON payments_line
    FOR EACH STATEMENT EXECUTE FUNCTION payments_owe_audit();
"""
DROP_AUDIT_OF_LINES = """
DROP TRIGGER IF EXISTS payments_line_require_audit ON payments_line;
DROP TABLE IF EXISTS payments_auditowed;
DROP FUNCTION IF EXISTS payments_pay_audit();
DROP FUNCTION IF EXISTS payments_owe_audit();
"""

# Who was left out, what was compared and what the register said are facts: added, never changed.
FACTS = """
CREATE TRIGGER payments_exclusion_require_audit AFTER INSERT OR UPDATE OR DELETE ON payments_exclusion
    FOR EACH STATEMENT EXECUTE FUNCTION payments_owe_audit();
CREATE TRIGGER payments_registerword_require_audit AFTER INSERT OR UPDATE OR DELETE ON payments_registerword
    FOR EACH STATEMENT EXECUTE FUNCTION payments_owe_audit();
"""
DROP_FACTS = """
DROP TRIGGER IF EXISTS payments_registerword_require_audit ON payments_registerword;
DROP TRIGGER IF EXISTS payments_exclusion_require_audit ON payments_exclusion;
"""
