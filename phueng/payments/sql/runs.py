"""Who may sign a run, in which order, for how much?"""

from phueng.payments.bands import bands_sql

# Each signature moves the run one step, once, by somebody with that duty in its office, in the paired office or at
# headquarters, whose hand is on no case of the run in another part; and what is signed is what was frozen.
_HANDS = """
-- The decisions in which this account had a part other than `own_hand`. Judging is read from the facts, not from the
-- hands alone. Driven from the account, so that a run of a million lines is not walked through for each signature.
CREATE FUNCTION payments_decisions_touched(signer uuid, own_hand text)
RETURNS TABLE (decision_id uuid, has_judged boolean) LANGUAGE sql STABLE AS $$
    SELECT c.id, true FROM decisions_decision c WHERE c.decided_by_id = signer
    UNION ALL
    SELECT c.id, true FROM decisions_recommendation r JOIN decisions_decision c ON c.recommendation_id = r.id
    WHERE r.recommended_by_id = signer
    UNION ALL
    SELECT c.id, true FROM applications_application a JOIN decisions_decision c ON c.application_id = a.id
    WHERE a.entered_by_id = signer
    UNION ALL
    SELECT c.id, h.hand IN ('recorder', 'verifier', 'approver')
    FROM access_hand h JOIN decisions_decision c ON c.application_id = h.case_id
    WHERE h.account_id = signer AND h.hand <> own_hand
$$;
-- A single sum is one case: no account has two hands in it. A monthly benefit is paid again and again: there only the
-- hands that judged the case forbid to pay it.
CREATE FUNCTION payments_has_a_hand(of_run uuid, signer uuid, own_hand text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM payments_decisions_touched(signer, own_hand) t
        JOIN entitlements_entitlement e ON e.decision_id = t.decision_id
        JOIN entitlements_due u ON u.entitlement_id = e.id
        JOIN payments_line l ON l.due_id = u.id
        WHERE l.run_id = of_run AND (t.has_judged OR u.ordinal IS NOT NULL))
$$;
-- Only the lines that just came are looked at: the others were, when they came.
CREATE FUNCTION payments_maker_has_no_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_run%ROWTYPE;
BEGIN
    FOR run IN SELECT * FROM payments_run WHERE id IN (SELECT DISTINCT run_id FROM fresh) LOOP
        IF EXISTS (
            SELECT 1 FROM payments_decisions_touched(run.prepared_by_id, 'payer') t
            JOIN entitlements_entitlement e ON e.decision_id = t.decision_id
            JOIN entitlements_due u ON u.entitlement_id = e.id
            JOIN fresh l ON l.due_id = u.id
            WHERE l.run_id = run.id AND (t.has_judged OR u.ordinal IS NOT NULL))
        THEN
            RAISE EXCEPTION 'the maker had a hand in a case of run %', run.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_has_a_hand';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_maker_has_no_hand AFTER INSERT ON payments_line REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payments_maker_has_no_hand();
"""

_SIGNERS = """
-- A hand that is missing comes from the paired office or from headquarters, and from nowhere else.
CREATE FUNCTION payments_signs_for(of_office uuid, signer_office uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM places_office o, places_office s
                   WHERE o.id = of_office AND s.id = signer_office
                     AND (s.id IN (o.id, o.paired_office_id) OR s.kind = 'headquarters'))
$$;
CREATE FUNCTION payments_holds_duty(signer uuid, wanted text[], in_office uuid, moment timestamptz)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM access_duty d
                   WHERE d.account_id = signer AND d.role = ANY (wanted) AND d.office_id = in_office
                     AND daterange(d.starts_on, d.ends_before) @> (moment AT TIME ZONE 'Asia/Bangkok')::date)
$$;
-- From another office is who signs for another office and has no part in the finance of the run's own.
CREATE FUNCTION payments_is_from_elsewhere(of_office uuid, signer uuid, signer_office uuid, moment timestamptz)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT signer_office <> of_office
       AND NOT payments_holds_duty(signer, '{finance_maker,finance_checker,releaser}', of_office, moment)
$$;
CREATE FUNCTION payments_is_what_was_frozen(run payments_run) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lines bigint;
    total bigint;
BEGIN
    SELECT count(*), COALESCE(sum(amount_satang), 0) INTO lines, total FROM payments_line WHERE run_id = run.id;
    IF lines <> run.line_count OR total <> run.total_satang THEN
        RAISE EXCEPTION 'run % holds % lines of % satang, not what was frozen', run.number, lines, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_what_was_frozen';
    END IF;
END $$;
CREATE FUNCTION payments_signer_is_allowed(run payments_run, signer uuid, needed text, moment timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM access_duty d
        WHERE d.account_id = signer AND d.role = needed AND payments_signs_for(run.office_id, d.office_id)
          AND daterange(d.starts_on, d.ends_before) @> (moment AT TIME ZONE 'Asia/Bangkok')::date)
    THEN
        RAISE EXCEPTION 'signer holds no duty % for the office of run %', needed, run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_outside_area';
    END IF;
END $$;
"""

_APPROVALS = """
-- Approvals are counted one after the other behind the run's row; who signs twice, for another office's run, too often
-- or in the place that another office has to fill, is refused, however many sign at the same instant.
CREATE FUNCTION payments_approval_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_run%ROWTYPE;
    band record;
    given integer;
    elsewhere integer;
BEGIN
    SELECT * INTO run FROM payments_run WHERE id = NEW.run_id FOR NO KEY UPDATE;
    IF run.frozen_at IS NULL OR run.checked_at IS NOT NULL OR run.abandoned_at IS NOT NULL THEN
        RAISE EXCEPTION 'run % waits for no approval', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_waits_for_no_approval';
    END IF;
    IF NEW.approved_by_id = run.prepared_by_id THEN
        RAISE EXCEPTION 'who prepared run % does not approve it', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_approved_by_somebody_else';
    END IF;
    IF NOT payments_signs_for(run.office_id, NEW.office_id)
       OR NOT payments_holds_duty(NEW.approved_by_id, '{finance_checker}', NEW.office_id, NEW.approved_at)
    THEN
        RAISE EXCEPTION 'approver holds no duty for the office of run %', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_outside_area';
    END IF;
    SELECT count(*), count(*) FILTER (
        WHERE payments_is_from_elsewhere(run.office_id, approved_by_id, office_id, approved_at))
    INTO given, elsewhere FROM payments_approval WHERE run_id = run.id;
    IF NEW.nth <> given + 1 OR given >= run.approvals_needed THEN
        RAISE EXCEPTION 'approval % of run % does not count', NEW.nth, run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_are_counted';
    END IF;
    SELECT * INTO band FROM payments_band(run.total_satang, (run.frozen_at AT TIME ZONE 'Asia/Bangkok')::date);
    elsewhere := elsewhere
        + payments_is_from_elsewhere(run.office_id, NEW.approved_by_id, NEW.office_id, NEW.approved_at)::integer;
    IF band.from_elsewhere - elsewhere > run.approvals_needed - NEW.nth THEN
        RAISE EXCEPTION 'this approval of run % belongs to another office', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_from_another_office';
    END IF;
    PERFORM payments_is_what_was_frozen(run);
    IF payments_has_a_hand(run.id, NEW.approved_by_id, 'checker') THEN
        RAISE EXCEPTION 'approver had a hand in a case of run %', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_has_a_hand';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_approval_counts BEFORE INSERT ON payments_approval
    FOR EACH ROW EXECUTE FUNCTION payments_approval_counts();
"""

_STEPS = """
-- What the files say together, as payments.files derives it: one file its own hash, several over all of them.
CREATE FUNCTION payments_files_digest(of_run uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN count(*) = 1 THEN min(sha256)
           ELSE encode(sha256(convert_to(string_agg(name || ':' || sha256 || E'\\n', '' ORDER BY name COLLATE "C"), 'UTF8')), 'hex')
           END
    FROM payments_bankfile WHERE run_id = of_run
$$;
CREATE FUNCTION payments_run_may_be_frozen(run payments_run) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payments_band(run.total_satang, (run.frozen_at AT TIME ZONE 'Asia/Bangkok')::date) b
                   WHERE run.approvals_needed >= b.approvals) THEN
        RAISE EXCEPTION 'run % asks for too few approvals', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_asks_enough_approvals';
    END IF;
    PERFORM payments_is_what_was_frozen(run);
END $$;
CREATE FUNCTION payments_run_is_approved(run payments_run) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    band record;
    given integer;
    elsewhere integer;
BEGIN
    SELECT * INTO band FROM payments_band(run.total_satang, (run.frozen_at AT TIME ZONE 'Asia/Bangkok')::date);
    SELECT count(*), count(*) FILTER (
        WHERE payments_is_from_elsewhere(run.office_id, approved_by_id, office_id, approved_at))
    INTO given, elsewhere FROM payments_approval WHERE run_id = run.id;
    IF given < GREATEST(run.approvals_needed, band.approvals) OR elsewhere < band.from_elsewhere THEN
        RAISE EXCEPTION 'run % has % approvals, % from another office', run.number, given, elsewhere
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_lacks_approvals';
    END IF;
END $$;
CREATE FUNCTION payments_run_is_written(run payments_run) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lines bigint;
    total bigint;
BEGIN
    SELECT COALESCE(sum(line_count), 0), COALESCE(sum(total_satang), 0) INTO lines, total
    FROM payments_bankfile WHERE run_id = run.id;
    IF lines <> run.line_count OR total <> run.total_satang THEN
        RAISE EXCEPTION 'the files of run % hold % lines of % satang', run.number, lines, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'files_hold_the_whole_run';
    END IF;
    IF run.files_digest IS DISTINCT FROM payments_files_digest(run.id) THEN
        RAISE EXCEPTION 'the digest of run % is not that of its files', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'digest_is_that_of_the_files';
    END IF;
END $$;
CREATE FUNCTION payments_run_may_be_released(run payments_run) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM payments_signer_is_allowed(run, run.released_by_id, 'releaser', run.released_at);
    IF EXISTS (SELECT 1 FROM payments_approval WHERE run_id = run.id AND approved_by_id = run.released_by_id) THEN
        RAISE EXCEPTION 'who approved run % does not release it', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approver_does_not_release';
    END IF;
    IF run.gfmis_number = '' THEN
        RAISE EXCEPTION 'run % has no document that draws the money', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_a_draw_document';
    END IF;
    PERFORM payments_is_what_was_frozen(run);
    IF payments_has_a_hand(run.id, run.released_by_id, 'releaser') THEN
        RAISE EXCEPTION 'releaser had a hand in a case of run %', run.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signer_has_a_hand';
    END IF;
END $$;
CREATE FUNCTION payments_run_is_signed_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    always text[] := '{wanted_count,frozen_at,line_count,total_satang,lines_root,approvals_needed,checked_at,written_at,files_digest,gfmis_number,released_at,released_by_id,abandoned_at,abandoned_why}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF COALESCE(NEW.frozen_at, NEW.checked_at, NEW.written_at, NEW.released_at, NEW.abandoned_at) IS NOT NULL
           OR NEW.gfmis_number <> ''
        THEN
            RAISE EXCEPTION 'run % is signed step by step', NEW.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_frozen';
        END IF;
        PERFORM payments_signer_is_allowed(NEW, NEW.prepared_by_id, 'finance_maker', NEW.prepared_at);
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - always) IS DISTINCT FROM (to_jsonb(OLD) - always)
       OR (OLD.frozen_at IS NOT NULL AND
           (NEW.wanted_count, NEW.frozen_at, NEW.line_count, NEW.total_satang, NEW.lines_root, NEW.approvals_needed)
           IS DISTINCT FROM
           (OLD.wanted_count, OLD.frozen_at, OLD.line_count, OLD.total_satang, OLD.lines_root, OLD.approvals_needed))
       OR (OLD.checked_at IS NOT NULL AND NEW.checked_at IS DISTINCT FROM OLD.checked_at)
       OR (OLD.written_at IS NOT NULL AND (NEW.written_at, NEW.files_digest) IS DISTINCT FROM (OLD.written_at, OLD.files_digest))
       OR (OLD.released_at IS NOT NULL AND (NEW.released_at, NEW.released_by_id, NEW.gfmis_number)
           IS DISTINCT FROM (OLD.released_at, OLD.released_by_id, OLD.gfmis_number))
       OR OLD.abandoned_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'run % is frozen', OLD.number USING ERRCODE = 'check_violation', CONSTRAINT = 'run_is_frozen';
    END IF;
    IF NEW.frozen_at IS NOT NULL AND OLD.frozen_at IS NULL THEN
        PERFORM payments_run_may_be_frozen(NEW);
    END IF;
    IF NEW.checked_at IS NOT NULL AND OLD.checked_at IS NULL THEN
        PERFORM payments_run_is_approved(NEW);
    END IF;
    IF NEW.written_at IS NOT NULL AND OLD.written_at IS NULL THEN
        PERFORM payments_run_is_written(NEW);
    END IF;
    IF NEW.released_at IS NOT NULL AND OLD.released_at IS NULL THEN
        PERFORM payments_run_may_be_released(NEW);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_run_is_signed_in_order BEFORE INSERT OR UPDATE ON payments_run
    FOR EACH ROW EXECUTE FUNCTION payments_run_is_signed_in_order();
-- The number is that of the office's own book of the year: typed beside a second run it is a slip. The document of an
-- abandoned run draws nothing any more and may stand beside the run that follows it.
CREATE UNIQUE INDEX run_has_its_own_draw_document ON payments_run (office_id, fiscal_year, gfmis_number)
    WHERE gfmis_number <> '' AND abandoned_at IS NULL;
"""

RUN = bands_sql() + _HANDS + _SIGNERS + _APPROVALS + _STEPS
DROP_RUN = """
DROP INDEX IF EXISTS run_has_its_own_draw_document;
DROP TRIGGER IF EXISTS payments_run_is_signed_in_order ON payments_run;
DROP FUNCTION IF EXISTS payments_run_is_signed_in_order();
DROP FUNCTION IF EXISTS payments_run_may_be_released(payments_run);
DROP FUNCTION IF EXISTS payments_run_is_written(payments_run);
DROP FUNCTION IF EXISTS payments_run_is_approved(payments_run);
DROP FUNCTION IF EXISTS payments_run_may_be_frozen(payments_run);
DROP FUNCTION IF EXISTS payments_files_digest(uuid);
DROP TRIGGER IF EXISTS payments_approval_counts ON payments_approval;
DROP FUNCTION IF EXISTS payments_approval_counts();
DROP FUNCTION IF EXISTS payments_signer_is_allowed(payments_run, uuid, text, timestamptz);
DROP FUNCTION IF EXISTS payments_is_what_was_frozen(payments_run);
DROP FUNCTION IF EXISTS payments_is_from_elsewhere(uuid, uuid, uuid, timestamptz);
DROP FUNCTION IF EXISTS payments_holds_duty(uuid, text[], uuid, timestamptz);
DROP FUNCTION IF EXISTS payments_signs_for(uuid, uuid);
DROP TRIGGER IF EXISTS payments_maker_has_no_hand ON payments_line;
DROP FUNCTION IF EXISTS payments_maker_has_no_hand();
DROP FUNCTION IF EXISTS payments_has_a_hand(uuid, uuid, text);
DROP FUNCTION IF EXISTS payments_decisions_touched(uuid, text);
DROP FUNCTION IF EXISTS payments_band(bigint, date);
"""
