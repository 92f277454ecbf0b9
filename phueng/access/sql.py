"""Which borrowed hands does the database refuse, whoever asks?

An office lends only to the office it is paired with (headquarters to any), only when somebody of the asking office
asked, and a request says for ever what it said: it can be ended once, and that is all.
"""

BORROWED_HAND = """
CREATE FUNCTION access_is_lent(wanted_case uuid, wanted_hand text, asking uuid, lending uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM access_borrowedhand
                   WHERE case_id = wanted_case AND hand = wanted_hand AND asking_office_id = asking
                     AND from_office_id = lending AND ended_at IS NULL)
$$;
CREATE FUNCTION access_borrowed_hand_is_fair() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := '{ended_at,ended_by_id,ended_how,ended_why}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_at IS NOT NULL OR (to_jsonb(NEW) - ending) IS DISTINCT FROM (to_jsonb(OLD) - ending) THEN
            RAISE EXCEPTION 'borrowed_stays: what was asked is never edited, and it ends once'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'borrowed_stays';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'borrowed_stays: a hand is asked for before that ends'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'borrowed_stays';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM places_office o, places_office l
                   WHERE o.id = NEW.asking_office_id AND l.id = NEW.from_office_id
                     AND (o.paired_office_id = l.id OR l.kind = 'headquarters'))
    THEN
        RAISE EXCEPTION 'not_a_lender: only the paired office or headquarters lends a hand'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'not_a_lender';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM access_duty
                   WHERE account_id = NEW.asked_by_id AND office_id = NEW.asking_office_id
                     AND role IN ('front_desk', 'social_worker', 'municipal_officer', 'approver')
                     AND daterange(starts_on, ends_before) @> (NEW.asked_at AT TIME ZONE 'Asia/Bangkok')::date)
    THEN
        RAISE EXCEPTION 'outside_area: a hand is asked for by somebody of the office that holds the case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outside_area';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_borrowed_hand_is_fair BEFORE INSERT OR UPDATE OR DELETE ON access_borrowedhand
    FOR EACH ROW EXECUTE FUNCTION access_borrowed_hand_is_fair();
"""
DROP_BORROWED_HAND = """
DROP TRIGGER IF EXISTS access_borrowed_hand_is_fair ON access_borrowedhand;
DROP FUNCTION IF EXISTS access_borrowed_hand_is_fair();
DROP FUNCTION IF EXISTS access_is_lent(uuid, text, uuid, uuid);
"""
