"""Which budget is given, moved or carried over by nobody alone? The database looks at the rows, not at the service."""

# A movement balances in every fund it touches, promises and money each for themselves; what goes from fund to fund
# was approved by two people; what a person allots was planned by another; a reversal is the exact opposite.
BALANCED_IN_EACH_FUND = """
CREATE OR REPLACE FUNCTION ledger_movement_is_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    difference bigint;
    postings integer;
    funds integer;
    is_uneven boolean;
    allots boolean;
BEGIN
    SELECT COALESCE(sum(s.satang), 0), COALESCE(sum(s.postings), 0), count(DISTINCT s.fund),
           COALESCE(bool_or(s.satang <> 0), false), COALESCE(bool_or(s.allots), false)
    INTO difference, postings, funds, is_uneven, allots
    FROM (SELECT concat_ws('/', a.fiscal_year, a.scheme_code, a.source, a.office_code) AS fund,
                 sum(p.amount_satang) AS satang, count(*) AS postings, bool_or(a.role = 'allotted') AS allots
          FROM ledger_posting p JOIN ledger_ledgeraccount a ON a.id = p.account_id
          WHERE p.movement_id = NEW.id
          GROUP BY 1, a.role IN ('treasury', 'bank', 'transit', 'grants', 'suspense')) s;
    IF difference <> 0 OR postings < 2 THEN
        RAISE EXCEPTION 'movement % does not balance: % satang over % postings', NEW.key, difference, postings
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF is_uneven THEN
        RAISE EXCEPTION 'movement % does not balance in each of its funds', NEW.key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_balances_in_each_fund';
    END IF;
    IF funds > 1 AND NOT EXISTS (SELECT 1 FROM ledger_budgettransfer WHERE movement_id = NEW.id)
       AND NOT EXISTS (SELECT 1 FROM ledger_carryover WHERE movement_id = NEW.id) THEN
        RAISE EXCEPTION 'movement % goes from fund to fund without two approvals', NEW.key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_over_funds_is_approved';
    END IF;
    IF allots AND funds = 1 AND NEW.moved_by_id IS NOT NULL AND NEW.reverses_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_plannedallotment l JOIN ledger_budgetplan b ON b.id = l.plan_id
        WHERE l.movement_id = NEW.id AND b.confirmed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'movement % allots what no second person confirmed', NEW.key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allotment_is_planned';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM ledger_posting WHERE movement_id IN (NEW.id, NEW.reverses_id)
        GROUP BY account_id HAVING sum(amount_satang) <> 0) THEN
        RAISE EXCEPTION 'movement % is not the opposite of what it reverses', NEW.key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reversal_is_the_opposite';
    END IF;
    RETURN NULL;
END $$;
"""

# Whether an account holds, on that day, a duty that approves budget for one of these offices.
MAY_APPROVE = """
CREATE FUNCTION ledger_may_approve(approver uuid, needed text, office text, moment timestamptz, concerned text[])
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_duty d JOIN places_office o ON o.id = d.office_id
        WHERE d.account_id = approver AND d.role = needed AND o.code = office
          AND daterange(d.starts_on, d.ends_before) @> (moment AT TIME ZONE 'Asia/Bangkok')::date
          AND ((o.kind = 'headquarters' AND needed IN ('finance_checker', 'releaser', 'administrator'))
               OR (o.code = ANY (concerned) AND needed IN ('finance_checker', 'releaser'))))
$$;
CREATE FUNCTION ledger_is_headquarters(office text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM places_office WHERE code = office AND kind = 'headquarters')
$$;
"""

APPROVAL = """
CREATE FUNCTION ledger_approval_is_anothers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asker uuid;
    concerned text[];
    is_open boolean;
BEGIN
    IF NEW.transfer_id IS NOT NULL THEN
        SELECT asked_by_id, ARRAY[from_office_code, to_office_code], moved_at IS NULL AND withdrawn_at IS NULL
        INTO asker, concerned, is_open FROM ledger_budgettransfer WHERE id = NEW.transfer_id FOR UPDATE;
    ELSE
        SELECT asked_by_id, ARRAY[office_code], moved_at IS NULL AND withdrawn_at IS NULL
        INTO asker, concerned, is_open FROM ledger_carryover WHERE id = NEW.carry_over_id FOR UPDATE;
    END IF;
    IF NOT COALESCE(is_open, false) THEN
        RAISE EXCEPTION 'this request is settled' USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_request_is_open';
    END IF;
    IF asker = NEW.approved_by_id THEN
        RAISE EXCEPTION 'whoever asked does not approve'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approver_did_not_ask';
    END IF;
    IF NOT ledger_may_approve(NEW.approved_by_id, NEW.role, NEW.office_code, NEW.approved_at, concerned) THEN
        RAISE EXCEPTION 'no duty to approve budget of these offices'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approver_outside_area';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_approval_is_anothers BEFORE INSERT ON ledger_budgetapproval
    FOR EACH ROW EXECUTE FUNCTION ledger_approval_is_anothers();
"""

# A transfer says for ever what was asked for; its movement comes once, after two approvals, and moves just that.
TRANSFER = """
CREATE FUNCTION ledger_transfer_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer text[] := '{movement_id,moved_at,withdrawn_at,withdrawn_by_name}';
    approvals integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.movement_id IS NOT NULL THEN
            RAISE EXCEPTION 'a transfer is asked for first'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_has_two_approvals';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer)
       OR OLD.moved_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'a request is not rewritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_request_is_frozen';
    END IF;
    IF NEW.movement_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT count(DISTINCT approved_by_id) INTO approvals FROM ledger_budgetapproval
    WHERE transfer_id = NEW.id AND approved_by_id <> NEW.asked_by_id;
    IF approvals < 2 THEN
        RAISE EXCEPTION 'a transfer has % of two approvals', approvals
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_has_two_approvals';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM ledger_budgetapproval WHERE transfer_id = NEW.id
                   AND (office_code = NEW.from_office_code OR ledger_is_headquarters(office_code))) THEN
        RAISE EXCEPTION 'neither the giving office nor headquarters approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'giver_must_agree';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (VALUES (NEW.from_office_code, 'available', -NEW.amount_satang),
                              (NEW.from_office_code, 'allotted', NEW.amount_satang),
                              (NEW.to_office_code, 'available', NEW.amount_satang),
                              (NEW.to_office_code, 'allotted', -NEW.amount_satang)) AS wanted(office, role, satang)
        FULL JOIN (SELECT a.office_code, a.role, p.amount_satang AS satang FROM ledger_posting p
                   JOIN ledger_ledgeraccount a ON a.id = p.account_id AND a.fiscal_year = NEW.fiscal_year
                        AND a.scheme_code = NEW.scheme_code AND a.source = NEW.source
                   WHERE p.movement_id = NEW.movement_id) posted
        ON posted.office_code = wanted.office AND posted.role = wanted.role AND posted.satang = wanted.satang
        WHERE wanted.office IS NULL OR posted.office_code IS NULL)
       OR (SELECT count(*) FROM ledger_posting WHERE movement_id = NEW.movement_id) <> 4 THEN
        RAISE EXCEPTION 'the movement is not the transfer that was approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_is_what_was_approved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_transfer_is_approved BEFORE INSERT OR UPDATE ON ledger_budgettransfer
    FOR EACH ROW EXECUTE FUNCTION ledger_transfer_is_approved();
"""

CARRY_OVER = """
CREATE FUNCTION ledger_carry_over_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer text[] := '{movement_id,lapse_id,moved_at,withdrawn_at,withdrawn_by_name}';
    approvals integer;
    promised bigint := NEW.reserved_satang + NEW.committed_satang;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.moved_at IS NOT NULL THEN
            RAISE EXCEPTION 'a carry-over is asked for first'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'carry_over_has_two_approvals';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer)
       OR OLD.moved_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'a request is not rewritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_request_is_frozen';
    END IF;
    IF NEW.moved_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT count(DISTINCT approved_by_id) INTO approvals FROM ledger_budgetapproval
    WHERE carry_over_id = NEW.id AND approved_by_id <> NEW.asked_by_id;
    IF approvals < 2 THEN
        RAISE EXCEPTION 'a carry-over has % of two approvals', approvals
            USING ERRCODE = 'check_violation', CONSTRAINT = 'carry_over_has_two_approvals';
    END IF;
    -- Fiscal year n (Buddhist era) ends on 30 September of n - 543.
    IF (NEW.moved_at AT TIME ZONE 'Asia/Bangkok')::date < make_date(NEW.fiscal_year - 543, 10, 1) THEN
        RAISE EXCEPTION 'the year is not over' USING ERRCODE = 'check_violation', CONSTRAINT = 'year_is_over';
    END IF;
    IF promised <> COALESCE((
        SELECT sum(p.amount_satang) FROM ledger_posting p JOIN ledger_ledgeraccount a ON a.id = p.account_id
        WHERE p.movement_id = NEW.movement_id AND a.role = 'carried' AND a.fiscal_year = NEW.fiscal_year
          AND a.scheme_code = NEW.scheme_code AND a.source = NEW.source AND a.office_code = NEW.office_code), 0)
       OR promised <> COALESCE((
        SELECT sum(p.amount_satang) FROM ledger_posting p JOIN ledger_ledgeraccount a ON a.id = p.account_id
        WHERE p.movement_id = NEW.movement_id AND a.role IN ('reserved', 'committed')
          AND a.fiscal_year = NEW.fiscal_year + 1 AND a.scheme_code = NEW.scheme_code AND a.source = NEW.source
          AND a.office_code = NEW.office_code), 0) THEN
        RAISE EXCEPTION 'the movement is not the carry-over that was approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_is_what_was_approved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_carry_over_is_approved BEFORE INSERT OR UPDATE ON ledger_carryover
    FOR EACH ROW EXECUTE FUNCTION ledger_carry_over_is_approved();
"""

# Both people of a plan sit at headquarters; what is in it stands still from the first confirmation on.
PLAN = """
CREATE FUNCTION ledger_holds_duty_at_headquarters(holder uuid, needed text[], moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM access_duty d JOIN places_office o ON o.id = d.office_id AND o.kind = 'headquarters'
                   WHERE d.account_id = holder AND d.role = ANY (needed)
                     AND daterange(d.starts_on, d.ends_before) @> (moment AT TIME ZONE 'Asia/Bangkok')::date)
$$;
CREATE FUNCTION ledger_plan_is_made_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer text[] := '{confirmed_at,confirmed_by_id,confirmed_by_name,dropped_at}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.confirmed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a plan is entered first'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_plan_is_settled';
        END IF;
        IF NOT ledger_holds_duty_at_headquarters(NEW.entered_by_id, '{finance_maker,administrator}', NEW.entered_at) THEN
            RAISE EXCEPTION 'a plan is entered at headquarters'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'planner_is_at_headquarters';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer)
       OR OLD.confirmed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL THEN
        RAISE EXCEPTION 'a settled plan is not rewritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_plan_is_settled';
    END IF;
    IF NEW.confirmed_at IS NOT NULL AND NOT ledger_holds_duty_at_headquarters(
        NEW.confirmed_by_id, '{finance_checker,releaser,administrator}', NEW.confirmed_at) THEN
        RAISE EXCEPTION 'a plan is confirmed at headquarters'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmer_is_at_headquarters';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_plan_is_made_by_two BEFORE INSERT OR UPDATE ON ledger_budgetplan
    FOR EACH ROW EXECUTE FUNCTION ledger_plan_is_made_by_two();
CREATE FUNCTION ledger_planned_allotment_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan ledger_budgetplan%ROWTYPE;
BEGIN
    SELECT * INTO plan FROM ledger_budgetplan WHERE id = NEW.plan_id FOR SHARE;
    IF TG_OP = 'INSERT' THEN
        IF plan.confirmed_at IS NOT NULL OR plan.dropped_at IS NOT NULL OR NEW.movement_id IS NOT NULL THEN
            RAISE EXCEPTION 'a settled plan takes no further line'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_plan_is_settled';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - 'movement_id') IS DISTINCT FROM (to_jsonb(OLD) - 'movement_id')
       OR OLD.movement_id IS NOT NULL OR plan.confirmed_at IS NULL OR NEW.amount_satang IS DISTINCT FROM (
           SELECT sum(p.amount_satang) FROM ledger_posting p JOIN ledger_ledgeraccount a ON a.id = p.account_id
           WHERE p.movement_id = NEW.movement_id AND a.role = 'available' AND a.fiscal_year = plan.fiscal_year
             AND a.scheme_code = NEW.scheme_code AND a.source = NEW.source AND a.office_code = NEW.office_code) THEN
        RAISE EXCEPTION 'a planned allotment is not rewritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_allotment_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_planned_allotment_is_frozen BEFORE INSERT OR UPDATE ON ledger_plannedallotment
    FOR EACH ROW EXECUTE FUNCTION ledger_planned_allotment_is_frozen();
"""

# A proof says for ever what was found; its signature is added once.
PROOF = """
CREATE FUNCTION ledger_proof_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer text[] := '{pdf_sha256,pdf_signature,key_id,signed_at}';
BEGIN
    IF (to_jsonb(NEW) - answer) IS DISTINCT FROM (to_jsonb(OLD) - answer) OR OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a proof is not rewritten' USING ERRCODE = 'check_violation', CONSTRAINT = 'proof_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_proof_is_kept BEFORE UPDATE ON ledger_dailyproof
    FOR EACH ROW EXECUTE FUNCTION ledger_proof_is_kept();
"""

KEPT_TABLES = (
    "ledger_budgetplan",
    "ledger_plannedallotment",
    "ledger_budgettransfer",
    "ledger_carryover",
    "ledger_dailyproof",
)
ROWS_STAY = """
CREATE FUNCTION ledger_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "\n".join(
    f"CREATE TRIGGER ledger_row_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_row_stays();"
    for table in KEPT_TABLES
)

BUDGETS = MAY_APPROVE + APPROVAL + TRANSFER + CARRY_OVER + PLAN + PROOF + ROWS_STAY
DROP_BUDGETS = (
    "\n".join(f"DROP TRIGGER IF EXISTS ledger_row_stays ON {table};" for table in KEPT_TABLES)
    + """
DROP FUNCTION IF EXISTS ledger_row_stays();
DROP TRIGGER IF EXISTS ledger_proof_is_kept ON ledger_dailyproof;
DROP FUNCTION IF EXISTS ledger_proof_is_kept();
DROP TRIGGER IF EXISTS ledger_planned_allotment_is_frozen ON ledger_plannedallotment;
DROP FUNCTION IF EXISTS ledger_planned_allotment_is_frozen();
DROP TRIGGER IF EXISTS ledger_plan_is_made_by_two ON ledger_budgetplan;
DROP FUNCTION IF EXISTS ledger_plan_is_made_by_two();
DROP FUNCTION IF EXISTS ledger_holds_duty_at_headquarters(uuid, text[], timestamptz);
DROP TRIGGER IF EXISTS ledger_carry_over_is_approved ON ledger_carryover;
DROP FUNCTION IF EXISTS ledger_carry_over_is_approved();
DROP TRIGGER IF EXISTS ledger_transfer_is_approved ON ledger_budgettransfer;
DROP FUNCTION IF EXISTS ledger_transfer_is_approved();
DROP TRIGGER IF EXISTS ledger_approval_is_anothers ON ledger_budgetapproval;
DROP FUNCTION IF EXISTS ledger_approval_is_anothers();
DROP FUNCTION IF EXISTS ledger_is_headquarters(text);
DROP FUNCTION IF EXISTS ledger_may_approve(uuid, text, text, timestamptz, text[]);
"""
)
