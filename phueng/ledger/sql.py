"""Which promises about money does the database keep by itself?"""

# A movement is balanced when its transaction ends, whoever wrote it and however many postings it has.
BALANCED = """
CREATE FUNCTION ledger_movement_is_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    difference bigint;
    postings integer;
BEGIN
    SELECT COALESCE(sum(amount_satang), 0), count(*) INTO difference, postings
    FROM ledger_posting WHERE movement_id = NEW.id;
    IF difference <> 0 OR postings < 2 THEN
        RAISE EXCEPTION 'movement % does not balance: % satang over % postings', NEW.key, difference, postings
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_movement_is_balanced AFTER INSERT ON ledger_movement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_movement_is_balanced();

-- A posting added to an older movement would unbalance it after its own check: each movement carries the number of
-- its transaction (xmin will not do: inside a savepoint it is the savepoint's own number).
CREATE FUNCTION ledger_number_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.xid := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_number_movement BEFORE INSERT ON ledger_movement
    FOR EACH ROW EXECUTE FUNCTION ledger_number_movement();
CREATE FUNCTION ledger_posting_joins_new_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_movement
                   WHERE id = NEW.movement_id AND xid = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'a finished movement takes no further posting'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_posting_joins_new_movement BEFORE INSERT ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_posting_joins_new_movement();
"""
DROP_BALANCED = """
DROP TRIGGER IF EXISTS ledger_posting_joins_new_movement ON ledger_posting;
DROP FUNCTION IF EXISTS ledger_posting_joins_new_movement();
DROP TRIGGER IF EXISTS ledger_number_movement ON ledger_movement;
DROP FUNCTION IF EXISTS ledger_number_movement();
DROP TRIGGER IF EXISTS ledger_movement_is_balanced ON ledger_movement;
DROP FUNCTION IF EXISTS ledger_movement_is_balanced();
"""

# Accounts that stand for a promise (available, reserved, committed, transit) never go below zero. The account row is
# locked before the sum is taken, so two approvals at the same moment cannot both see the last baht.
GUARDED = """
CREATE FUNCTION ledger_guarded_account_stays_covered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    code_of text;
    balance bigint;
BEGIN
    SELECT code INTO code_of FROM ledger_ledgeraccount
    WHERE id = NEW.account_id AND NOT may_go_below_zero FOR UPDATE;
    IF code_of IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.amount_satang < 0 THEN
        SELECT COALESCE(sum(amount_satang), 0) INTO balance FROM ledger_posting WHERE account_id = NEW.account_id;
        IF balance + NEW.amount_satang < 0 THEN
            RAISE EXCEPTION 'account % would fall below zero by % satang', code_of, -(balance + NEW.amount_satang)
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_is_covered';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_guarded_account_stays_covered BEFORE INSERT ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_guarded_account_stays_covered();
"""
DROP_GUARDED = """
DROP TRIGGER IF EXISTS ledger_guarded_account_stays_covered ON ledger_posting;
DROP FUNCTION IF EXISTS ledger_guarded_account_stays_covered();
"""
