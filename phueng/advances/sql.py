"""What does the database refuse when money is paid in the hand, whoever asks?

Raw SQL under the application's own role meets the same refusals as the service.
"""

PAYER_ROLES = ("finance_maker", "finance_checker", "releaser")
_ROLES = "{" + ",".join(PAYER_ROLES) + "}"


def _refuse(code: str, words: str) -> str:
    return f"RAISE EXCEPTION '{code}: {words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{code}';"


ADVANCE = f"""
CREATE FUNCTION advances_insist_on_payer(run payments_run, payer uuid, moment timestamptz)
RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF payer IN (run.prepared_by_id, run.released_by_id)
       OR EXISTS (SELECT 1 FROM payments_approval WHERE run_id = run.id AND approved_by_id = payer)
       OR payments_has_a_hand(run.id, payer, 'payer') THEN
        {_refuse("payer_has_a_hand", "whoever decided or signed does not hand out the money")}
    END IF;
    IF NOT EXISTS (SELECT 1 FROM access_duty d
                   WHERE d.account_id = payer AND d.role = ANY ('{_ROLES}') AND payments_signs_for(run.office_id, d.office_id)
                     AND daterange(d.starts_on, d.ends_before) @> (moment AT TIME ZONE 'Asia/Bangkok')::date) THEN
        {_refuse("payer_outside_area", "this account holds no duty of finance for the office")}
    END IF;
END $$;

CREATE FUNCTION advances_advance_is_of_a_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_run%ROWTYPE;
    clearing text[] := '{{cleared_at,cleared_by_id,cleared_by_name,paid_satang,returned_satang,returned_reference}}';
    paid bigint;
    back bigint;
    still_open bigint;
BEGIN
    SELECT * INTO run FROM payments_run WHERE id = NEW.run_id FOR SHARE;
    IF TG_OP = 'INSERT' THEN
        IF run.pay_route <> 'counter' OR run.released_at IS NULL OR run.abandoned_at IS NOT NULL THEN
            {_refuse("only_released_counter_runs_are_drawn", "there is no money to take out")}
        END IF;
        IF NEW.amount_satang <> run.total_satang OR NEW.office_id <> run.office_id OR NEW.cleared_at IS NOT NULL
           OR EXISTS (SELECT 1 FROM payments_line WHERE run_id = run.id AND (paid_at IS NOT NULL OR returned_at IS NOT NULL))
        THEN
            {_refuse("advance_is_the_whole_run", "exactly the money of the run is taken out")}
        END IF;
        PERFORM advances_insist_on_payer(run, NEW.first_payer_id, NEW.drawn_at);
        PERFORM advances_insist_on_payer(run, NEW.second_payer_id, NEW.drawn_at);
        RETURN NEW;
    END IF;
    IF OLD.cleared_at IS NOT NULL OR NEW.cleared_at IS NULL
       OR (to_jsonb(NEW) - clearing) IS DISTINCT FROM (to_jsonb(OLD) - clearing) THEN
        {_refuse("advance_is_frozen", "an advance is cleared once and never rewritten")}
    END IF;
    IF NEW.cleared_by_id IN (NEW.first_payer_id, NEW.second_payer_id) THEN
        {_refuse("payers_do_not_clear", "somebody who did not carry the cash counts what came back")}
    END IF;
    SELECT COALESCE(sum(amount_satang) FILTER (WHERE paid_at IS NOT NULL), 0),
           COALESCE(sum(amount_satang) FILTER (WHERE paid_at IS NULL AND returned_at IS NOT NULL), 0),
           count(*) FILTER (WHERE paid_at IS NULL AND returned_at IS NULL)
    INTO paid, back, still_open FROM payments_line WHERE run_id = NEW.run_id;
    IF still_open > 0 OR NEW.paid_satang <> paid OR NEW.returned_satang <> back THEN
        {_refuse("advance_does_not_balance", "what was paid and what came back is not the money of the payees")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advances_advance_is_of_a_run BEFORE INSERT OR UPDATE ON advances_advance
    FOR EACH ROW EXECUTE FUNCTION advances_advance_is_of_a_run();
CREATE FUNCTION advances_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER advances_row_stays BEFORE DELETE ON advances_advance FOR EACH ROW EXECUTE FUNCTION advances_row_stays();
CREATE TRIGGER advances_row_stays BEFORE DELETE ON advances_handover FOR EACH ROW EXECUTE FUNCTION advances_row_stays();
"""  # noqa: S608  # nosec B608  # our own words
DROP_ADVANCE = """
DROP TRIGGER IF EXISTS advances_row_stays ON advances_handover;
DROP TRIGGER IF EXISTS advances_row_stays ON advances_advance;
DROP FUNCTION IF EXISTS advances_row_stays();
DROP TRIGGER IF EXISTS advances_advance_is_of_a_run ON advances_advance;
DROP FUNCTION IF EXISTS advances_advance_is_of_a_run();
DROP FUNCTION IF EXISTS advances_insist_on_payer(payments_run, uuid, timestamptz);
"""

HANDOVER = f"""
CREATE FUNCTION advances_handover_is_by_the_payers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    a advances_advance%ROWTYPE;
    l payments_line%ROWTYPE;
    moving text[] := '{{confirmed_at,confirmed_by_id,confirmed_by_name,withdrawn_at,withdrawn_by_name,withdrawn_why}}';
BEGIN
    -- Whoever clears the advance waits for this row, and this waits for whoever clears.
    SELECT * INTO a FROM advances_advance WHERE id = NEW.advance_id FOR UPDATE;
    IF a.cleared_at IS NOT NULL THEN
        {_refuse("advance_is_cleared", "the money was accounted for")}
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO l FROM payments_line WHERE id = NEW.line_id;
        IF l.run_id <> a.run_id OR l.amount_satang <> NEW.amount_satang OR l.paid_at IS NOT NULL
           OR l.returned_at IS NOT NULL OR NEW.confirmed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
            {_refuse("handover_is_of_an_open_line", "this money is not to be handed over now")}
        END IF;
        IF NEW.handed_by_id NOT IN (a.first_payer_id, a.second_payer_id) THEN
            {_refuse("only_payers_hand_over", "only the two payers of the advance hand over its money")}
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving)
       OR OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
        {_refuse("handover_is_frozen", "what was handed over is never rewritten")}
    END IF;
    IF NEW.confirmed_at IS NOT NULL AND NEW.confirmed_by_id NOT IN (a.first_payer_id, a.second_payer_id) THEN
        {_refuse("only_payers_hand_over", "only the two payers of the advance hand over its money")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advances_handover_is_by_the_payers BEFORE INSERT OR UPDATE ON advances_handover
    FOR EACH ROW EXECUTE FUNCTION advances_handover_is_by_the_payers();

-- The receipt comes with the handover, and what two payers confirmed is paid in the books when the transaction ends.
CREATE FUNCTION advances_handover_is_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM documents_evidence WHERE subject_kind = 'handover' AND subject_id = NEW.id
                   AND slot = 'signed_receipt') THEN
        {_refuse("handover_has_a_receipt", "no money without a signed receipt")}
    END IF;
    IF NEW.confirmed_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM payments_line WHERE id = NEW.line_id AND paid_at IS NOT NULL) THEN
        {_refuse("confirmed_handover_is_paid", "what was confirmed is paid in the books")}
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER advances_handover_is_complete AFTER INSERT OR UPDATE ON advances_handover
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION advances_handover_is_complete();

-- A payment at the counter is paid by a confirmed handover and by nothing else, and comes back only when nobody has it.
CREATE FUNCTION advances_lines_follow_handovers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM later n JOIN earlier o ON o.id = n.id JOIN payments_run r ON r.id = n.run_id
        WHERE r.pay_route = 'counter' AND o.paid_at IS NULL AND n.paid_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM advances_handover h
            WHERE h.line_id = n.id AND h.confirmed_at IS NOT NULL AND h.withdrawn_at IS NULL)) THEN
        {_refuse("counter_line_is_paid_by_handover", "two payers confirm each payment at the counter")}
    END IF;
    IF EXISTS (
        SELECT 1 FROM later n JOIN earlier o ON o.id = n.id JOIN payments_run r ON r.id = n.run_id
        WHERE r.pay_route = 'counter' AND n.paid_at IS NULL AND o.returned_at IS NULL AND n.returned_at IS NOT NULL
          AND EXISTS (SELECT 1 FROM advances_handover h WHERE h.line_id = n.id AND h.withdrawn_at IS NULL)) THEN
        {_refuse("handed_over_line_does_not_return", "somebody has this money already")}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER advances_lines_follow_handovers AFTER UPDATE ON payments_line
    REFERENCING OLD TABLE AS earlier NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION advances_lines_follow_handovers();
"""  # noqa: S608  # nosec B608  # our own words
DROP_HANDOVER = """
DROP TRIGGER IF EXISTS advances_lines_follow_handovers ON payments_line;
DROP FUNCTION IF EXISTS advances_lines_follow_handovers();
DROP TRIGGER IF EXISTS advances_handover_is_complete ON advances_handover;
DROP FUNCTION IF EXISTS advances_handover_is_complete();
DROP TRIGGER IF EXISTS advances_handover_is_by_the_payers ON advances_handover;
DROP FUNCTION IF EXISTS advances_handover_is_by_the_payers();
"""
AUDITED_TABLES = ("advances_advance", "advances_handover")
