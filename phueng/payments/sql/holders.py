"""Which decisions about an account does the database refuse?"""

# Whoever judged a case (took it down, visited, recommended, decided) or is kin of the payee has no say about whose
# account the money goes to: a forged case ends in an account of the forger's choice. Finance hands may rule: the same
# eyes that look at the list look at its accounts, and the list itself needs three people more.
HOLDERS = """
CREATE FUNCTION payments_people_of_account(bank text, account bytea) RETURNS TABLE (person_id uuid)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT a.person_id FROM registry_bankaccount a
    WHERE a.bank_code = bank AND a.blind_index = account AND a.ended_at IS NULL
      AND EXISTS (SELECT 1 FROM entitlements_due d WHERE d.person_id = a.person_id)
$$;
CREATE FUNCTION payments_people_ruled_on(ruling payments_holderruling) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN ruling.kind = 'shared'
        THEN ARRAY(SELECT p.person_id FROM payments_people_of_account(ruling.bank_code, ruling.blind_index) p)
        ELSE ARRAY(SELECT c.person_id FROM payments_holdercheck c WHERE c.id = ruling.holder_check_id) END
$$;
CREATE FUNCTION payments_ruler_is_allowed(ruling payments_holderruling, ruler uuid, wanted text[], moment timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    people uuid[] := payments_people_ruled_on(ruling);
    today date := (moment AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM entitlements_due u JOIN places_office o ON o.code = u.office_code
        JOIN access_duty d ON d.account_id = ruler AND d.role = ANY (wanted) AND payments_signs_for(o.id, d.office_id)
                          AND daterange(d.starts_on, d.ends_before) @> today
        WHERE u.person_id = ANY (people))
    THEN
        RAISE EXCEPTION 'no duty for an office that pays this account'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ruler_outside_area';
    END IF;
    IF EXISTS (
        SELECT 1 FROM payments_decisions_touched(ruler, '') t JOIN entitlements_entitlement e ON e.decision_id = t.decision_id
        WHERE t.has_judged AND e.person_id = ANY (people))
    OR EXISTS (
        SELECT 1 FROM registry_accountowner w, unnest(people) p
        WHERE w.account_id = ruler AND registry_is_kin(w.person_id, p, today))
    THEN
        RAISE EXCEPTION 'who judged the case, or is kin of the payee, does not rule on the account'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ruler_has_a_hand';
    END IF;
END $$;
CREATE FUNCTION payments_rulings_are_made_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked payments_holdercheck%ROWTYPE;
    said text[] := '{confirmed_by_id,confirmed_at,turned_down_by_id,turned_down_at,turned_down_why}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a ruling stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.confirmed_at IS NOT NULL OR NEW.turned_down_at IS NOT NULL THEN
            RAISE EXCEPTION 'one rules, another answers later'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ruling_is_made_before_it_is_confirmed';
        END IF;
        IF NEW.kind <> 'shared' THEN
            SELECT * INTO asked FROM payments_holdercheck WHERE id = NEW.holder_check_id;
            IF asked.verdict <> 'different' OR asked.bank_code <> NEW.bank_code OR asked.blind_index <> NEW.blind_index
               OR EXISTS (SELECT 1 FROM payments_holdercheck later
                          WHERE later.person_id = asked.person_id AND later.bank_code = asked.bank_code
                            AND later.blind_index = asked.blind_index AND later.nth > asked.nth)
            THEN
                RAISE EXCEPTION 'only the latest answer that names somebody else is ruled on'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ruling_is_about_another_name';
            END IF;
        END IF;
        PERFORM payments_ruler_is_allowed(NEW, NEW.ruled_by_id, '{finance_maker,finance_checker}', NEW.ruled_at);
        RETURN NEW;
    END IF;
    IF OLD.confirmed_at IS NOT NULL OR OLD.turned_down_at IS NOT NULL
       OR (to_jsonb(NEW) - said) IS DISTINCT FROM (to_jsonb(OLD) - said)
    THEN
        RAISE EXCEPTION 'what was ruled is never edited' USING ERRCODE = 'check_violation', CONSTRAINT = 'ruling_is_frozen';
    END IF;
    IF NEW.confirmed_at IS NOT NULL THEN
        PERFORM payments_ruler_is_allowed(NEW, NEW.confirmed_by_id, '{finance_checker,releaser}', NEW.confirmed_at);
    ELSIF NEW.turned_down_at IS NOT NULL THEN
        PERFORM payments_ruler_is_allowed(
            NEW, NEW.turned_down_by_id, '{finance_maker,finance_checker,releaser}', NEW.turned_down_at);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_rulings_are_made_by_two BEFORE INSERT OR UPDATE OR DELETE ON payments_holderruling
    FOR EACH ROW EXECUTE FUNCTION payments_rulings_are_made_by_two();
CREATE TRIGGER payments_sharedflag_require_audit AFTER INSERT OR UPDATE OR DELETE ON payments_sharedflag
    FOR EACH STATEMENT EXECUTE FUNCTION payments_owe_audit();
"""
DROP_HOLDERS = """
DROP TRIGGER IF EXISTS payments_sharedflag_require_audit ON payments_sharedflag;
DROP TRIGGER IF EXISTS payments_rulings_are_made_by_two ON payments_holderruling;
DROP FUNCTION IF EXISTS payments_rulings_are_made_by_two();
DROP FUNCTION IF EXISTS payments_ruler_is_allowed(payments_holderruling, uuid, text[], timestamptz);
DROP FUNCTION IF EXISTS payments_people_ruled_on(payments_holderruling);
DROP FUNCTION IF EXISTS payments_people_of_account(text, bytea);
"""
