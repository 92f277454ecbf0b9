"""Who may say that somebody is paid at the counter? Two people with a duty there; what they said is never rewritten."""

CHOICE = """
CREATE FUNCTION payments_counter_choice_is_of_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{confirmed_at,confirmed_by_id,confirmed_by_name,ended_at,ended_by_name}';
    roles text[] := '{front_desk,social_worker,municipal_officer,finance_maker,finance_checker,releaser}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.confirmed_at IS NOT NULL OR NEW.ended_at IS NOT NULL THEN
            RAISE EXCEPTION 'a choice begins unconfirmed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'counter_choice_begins_unconfirmed';
        END IF;
        IF NOT payments_holds_duty(NEW.chosen_by_id, roles, NEW.office_id, NEW.chosen_at) THEN
            RAISE EXCEPTION 'no duty in this office'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'choice_outside_area';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) OR OLD.ended_at IS NOT NULL
       OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_at, NEW.confirmed_by_id, NEW.confirmed_by_name)
           IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id, OLD.confirmed_by_name)) THEN
        RAISE EXCEPTION 'what was chosen is never rewritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'counter_choice_is_frozen';
    END IF;
    IF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL
       AND NOT payments_holds_duty(NEW.confirmed_by_id, roles, NEW.office_id, NEW.confirmed_at) THEN
        RAISE EXCEPTION 'no duty in this office'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'choice_outside_area';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_counter_choice_is_of_two BEFORE INSERT OR UPDATE ON payments_counterchoice
    FOR EACH ROW EXECUTE FUNCTION payments_counter_choice_is_of_two();
CREATE TRIGGER payments_row_stays BEFORE DELETE ON payments_counterchoice
    FOR EACH ROW EXECUTE FUNCTION payments_row_stays();
"""
DROP_CHOICE = """
DROP TRIGGER IF EXISTS payments_row_stays ON payments_counterchoice;
DROP TRIGGER IF EXISTS payments_counter_choice_is_of_two ON payments_counterchoice;
DROP FUNCTION IF EXISTS payments_counter_choice_is_of_two();
"""
