"""What does the database refuse when money is asked back, whoever asks?

Raw SQL under the application's own role meets the same refusals as the service. MESSAGE starts with the problem's code,
so that the action can say it in plain words.
"""

from phueng.recoveries.states import ALLOWED

_STEPS = ", ".join(f"('{source}', '{target}')" for source, target in sorted(ALLOWED))


def _refuse(code: str, words: str) -> str:
    return f"RAISE EXCEPTION '{code}: {words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{code}';"


# What is asked now: the order, unless an appeal made it milder; nothing before there is an order.
ASKED = """
CREATE FUNCTION recoveries_asked(wanted uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COALESCE(a.asked_satang, r.asked_satang)
    FROM recoveries_ruling r LEFT JOIN recoveries_rulingappeal a ON a.ruling_id = r.id
    WHERE r.overpayment_id = wanted AND r.outcome = 'agreed'
$$;
CREATE FUNCTION recoveries_repaid(wanted uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COALESCE(sum(amount_satang), 0)::bigint FROM recoveries_repayment WHERE overpayment_id = wanted
$$;
-- Whoever had a hand in the case that was paid, or is a relative, or holds no such duty in the office, in the office
-- paired with it or in the headquarters, judges nothing here.
CREATE FUNCTION recoveries_insist_on_judge(wanted uuid, judge uuid, acting_in uuid, today date, roles text[])
RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    o recoveries_overpayment%ROWTYPE;
    officer uuid;
BEGIN
    SELECT * INTO o FROM recoveries_overpayment WHERE id = wanted;
    IF EXISTS (SELECT 1 FROM access_hand WHERE case_id = o.application_id AND account_id = judge)
       OR EXISTS (SELECT 1 FROM decisions_decision d JOIN decisions_recommendation r ON r.id = d.recommendation_id
                  WHERE d.application_id = o.application_id AND judge IN (d.decided_by_id, r.recommended_by_id))
    THEN
        RAISE EXCEPTION 'had_a_hand_before: this account had a part in the case that was paid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'had_a_hand_before';
    END IF;
    SELECT person_id INTO officer FROM registry_accountowner WHERE account_id = judge;
    IF officer IS NOT NULL AND registry_is_kin(officer, o.person_id, today) THEN
        RAISE EXCEPTION 'related_to_person: the officer is a relative of the person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'related_to_person';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM access_duty d JOIN places_office mine ON mine.id = d.office_id
        JOIN places_office own ON own.id = o.office_id
        WHERE d.account_id = judge AND d.office_id = acting_in AND d.role = ANY(roles)
          AND daterange(d.starts_on, d.ends_before) @> today
          AND (mine.id IN (own.id, own.paired_office_id) OR mine.kind = 'headquarters'))
    THEN
        RAISE EXCEPTION 'outside_area: this account holds no such duty for the office of the payment'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outside_area';
    END IF;
END $$;
"""
DROP_ASKED = """
DROP FUNCTION IF EXISTS recoveries_insist_on_judge(uuid, uuid, uuid, date, text[]);
DROP FUNCTION IF EXISTS recoveries_repaid(uuid);
DROP FUNCTION IF EXISTS recoveries_asked(uuid);
"""

OVERPAYMENT = f"""
CREATE FUNCTION recoveries_overpayment_takes_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := '{{state,closed_at,closed_why}}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'noted' THEN
            {_refuse("wrong_step", "every question begins as a note")}
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
        {_refuse("never_edited", "what was noted is never edited")}
    END IF;
    IF NEW.state = OLD.state OR (OLD.state, NEW.state) NOT IN ({_STEPS}) THEN
        {_refuse("wrong_step", "this step does not follow that one")}
    END IF;
    IF NEW.state = 'told' AND NOT EXISTS (SELECT 1 FROM recoveries_hearing WHERE overpayment_id = NEW.id)
       OR NEW.state = 'asking' AND NOT EXISTS (SELECT 1 FROM recoveries_enquiry WHERE overpayment_id = NEW.id)
       OR NEW.state = 'assessed' AND NOT EXISTS (
            SELECT 1 FROM recoveries_assessment s LEFT JOIN recoveries_ruling r ON r.assessment_id = s.id
            WHERE s.overpayment_id = NEW.id AND r.id IS NULL)
       OR NEW.state IN ('decided', 'nothing_owed') AND recoveries_asked(NEW.id) IS NULL
       OR NEW.state = 'nothing_owed' AND recoveries_asked(NEW.id) > 0
       OR NEW.state = 'settled' AND recoveries_repaid(NEW.id) < COALESCE(recoveries_asked(NEW.id), NEW.amount_satang)
    THEN
        {_refuse("wrong_step", "the facts for this step are not there")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recoveries_overpayment_takes_steps BEFORE INSERT OR UPDATE ON recoveries_overpayment
    FOR EACH ROW EXECUTE FUNCTION recoveries_overpayment_takes_steps();

CREATE FUNCTION recoveries_line_was_paid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid payments_line%ROWTYPE;
    o recoveries_overpayment%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
           OR (to_jsonb(NEW) - 'withdrawn_at') IS DISTINCT FROM (to_jsonb(OLD) - 'withdrawn_at') THEN
            {_refuse("never_edited", "what was noted is never edited, only withdrawn once")}
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO paid FROM payments_line WHERE id = NEW.line_id;
    SELECT * INTO o FROM recoveries_overpayment WHERE id = NEW.overpayment_id;
    IF paid.paid_at IS NULL OR NEW.amount_satang > paid.amount_satang THEN
        {_refuse("more_than_was_paid", "nobody is asked for more than was really paid")}
    END IF;
    IF registry_canonical(paid.person_id) <> registry_canonical(o.person_id) THEN
        {_refuse("another_person", "the payment went to somebody else")}
    END IF;
    IF o.state <> 'noted' THEN
        {_refuse("wrong_step", "a question that was asked takes no further payment")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recoveries_line_was_paid BEFORE INSERT OR UPDATE ON recoveries_overpaidline
    FOR EACH ROW EXECUTE FUNCTION recoveries_line_was_paid();

CREATE FUNCTION recoveries_sum_is_that_of_its_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted uuid := CASE TG_TABLE_NAME WHEN 'recoveries_overpaidline' THEN (to_jsonb(NEW)->>'overpayment_id')::uuid
                        ELSE (to_jsonb(NEW)->>'id')::uuid END;
BEGIN
    IF (SELECT amount_satang FROM recoveries_overpayment WHERE id = wanted) IS DISTINCT FROM
       (SELECT sum(amount_satang)::bigint FROM recoveries_overpaidline WHERE overpayment_id = wanted) THEN
        {_refuse("sum_is_wrong", "the sum is not that of its payments")}
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recoveries_sum_is_that_of_its_lines AFTER INSERT ON recoveries_overpayment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION recoveries_sum_is_that_of_its_lines();
CREATE CONSTRAINT TRIGGER recoveries_sum_is_that_of_its_lines AFTER INSERT ON recoveries_overpaidline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION recoveries_sum_is_that_of_its_lines();
"""  # noqa: S608  # nosec B608  # our own words
DROP_OVERPAYMENT = """
DROP TRIGGER IF EXISTS recoveries_sum_is_that_of_its_lines ON recoveries_overpaidline;
DROP TRIGGER IF EXISTS recoveries_sum_is_that_of_its_lines ON recoveries_overpayment;
DROP FUNCTION IF EXISTS recoveries_sum_is_that_of_its_lines();
DROP TRIGGER IF EXISTS recoveries_line_was_paid ON recoveries_overpaidline;
DROP FUNCTION IF EXISTS recoveries_line_was_paid();
DROP TRIGGER IF EXISTS recoveries_overpayment_takes_steps ON recoveries_overpayment;
DROP FUNCTION IF EXISTS recoveries_overpayment_takes_steps();
"""

JUDGING = f"""
CREATE FUNCTION recoveries_assessment_is_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_at text;
    today date := (NEW.assessed_at AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    SELECT state INTO now_at FROM recoveries_overpayment WHERE id = NEW.overpayment_id FOR UPDATE;
    IF now_at NOT IN ('told', 'heard', 'asking') THEN
        {_refuse("wrong_step", "nobody judges before the person was heard, nor twice at once")}
    END IF;
    -- Section 30: the person is heard first. Silence counts only when the time to answer is over.
    IF now_at = 'told' AND EXISTS (
        SELECT 1 FROM recoveries_hearing WHERE overpayment_id = NEW.overpayment_id AND answer_until >= today) THEN
        {_refuse("not_heard_yet", "the time to answer is not over")}
    END IF;
    IF now_at = 'asking' AND NOT EXISTS (
        SELECT 1 FROM recoveries_enquiry WHERE overpayment_id = NEW.overpayment_id AND finished_at IS NOT NULL) THEN
        {_refuse("not_heard_yet", "the bank or the family has not been asked to the end")}
    END IF;
    PERFORM recoveries_insist_on_judge(NEW.overpayment_id, NEW.assessed_by_id, NEW.office_id, today,
        '{{front_desk,social_worker,municipal_officer,finance_maker,finance_checker}}');
    RETURN NEW;
END $$;
CREATE TRIGGER recoveries_assessment_is_allowed BEFORE INSERT ON recoveries_assessment
    FOR EACH ROW EXECUTE FUNCTION recoveries_assessment_is_allowed();

CREATE FUNCTION recoveries_ruling_is_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    o recoveries_overpayment%ROWTYPE;
    s recoveries_assessment%ROWTYPE;
    today date := (NEW.ruled_at AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    SELECT * INTO o FROM recoveries_overpayment WHERE id = NEW.overpayment_id FOR UPDATE;
    SELECT * INTO s FROM recoveries_assessment WHERE id = NEW.assessment_id;
    IF s.overpayment_id IS DISTINCT FROM NEW.overpayment_id OR o.state <> 'assessed' THEN
        {_refuse("wrong_step", "there is no assessment to rule on")}
    END IF;
    IF NEW.ruled_by_id = o.noted_by_id OR EXISTS (
        SELECT 1 FROM recoveries_assessment WHERE overpayment_id = o.id AND assessed_by_id = NEW.ruled_by_id) THEN
        {_refuse("same_hands", "whoever noted or assessed does not decide")}
    END IF;
    IF NEW.outcome = 'agreed' AND NEW.asked_satang IS DISTINCT FROM s.asked_satang THEN
        {_refuse("another_sum", "the order asks exactly what the assessment says")}
    END IF;
    PERFORM recoveries_insist_on_judge(o.id, NEW.ruled_by_id, NEW.office_id, today, '{{approver}}');
    RETURN NEW;
END $$;
CREATE TRIGGER recoveries_ruling_is_by_another BEFORE INSERT ON recoveries_ruling
    FOR EACH ROW EXECUTE FUNCTION recoveries_ruling_is_by_another();

CREATE FUNCTION recoveries_appeal_is_settled_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    o recoveries_overpayment%ROWTYPE;
    r recoveries_ruling%ROWTYPE;
    settling text[] := '{{outcome,asked_satang,settled_why,settled_at,settled_by_id,settled_by_name}}';
BEGIN
    SELECT * INTO r FROM recoveries_ruling WHERE id = NEW.ruling_id;
    SELECT * INTO o FROM recoveries_overpayment WHERE id = r.overpayment_id;
    IF TG_OP = 'INSERT' THEN
        IF NEW.settled_at IS NOT NULL OR r.outcome <> 'agreed' OR o.state NOT IN ('decided', 'repaying') THEN
            {_refuse("wrong_step", "an appeal is lodged against an order, before it is settled")}
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.settled_at IS NOT NULL OR NEW.settled_at IS NULL
       OR (to_jsonb(NEW) - settling) IS DISTINCT FROM (to_jsonb(OLD) - settling) THEN
        {_refuse("already_settled", "what was appealed or settled is never edited")}
    END IF;
    IF NEW.settled_by_id IN (r.ruled_by_id, o.noted_by_id) OR EXISTS (
        SELECT 1 FROM recoveries_assessment WHERE overpayment_id = o.id AND assessed_by_id = NEW.settled_by_id)
       OR EXISTS (SELECT 1 FROM recoveries_ruling WHERE overpayment_id = o.id AND ruled_by_id = NEW.settled_by_id) THEN
        {_refuse("same_hands", "an appeal is settled by somebody who had no hand in it")}
    END IF;
    IF NEW.asked_satang >= r.asked_satang THEN
        {_refuse("only_milder", "an appeal never makes it harder")}
    END IF;
    PERFORM recoveries_insist_on_judge(o.id, NEW.settled_by_id, NEW.office_id,
        (NEW.settled_at AT TIME ZONE 'Asia/Bangkok')::date, '{{approver}}');
    RETURN NEW;
END $$;
CREATE TRIGGER recoveries_appeal_is_settled_by_another BEFORE INSERT OR UPDATE ON recoveries_rulingappeal
    FOR EACH ROW EXECUTE FUNCTION recoveries_appeal_is_settled_by_another();
"""  # noqa: S608  # nosec B608  # our own words
DROP_JUDGING = """
DROP TRIGGER IF EXISTS recoveries_appeal_is_settled_by_another ON recoveries_rulingappeal;
DROP FUNCTION IF EXISTS recoveries_appeal_is_settled_by_another();
DROP TRIGGER IF EXISTS recoveries_ruling_is_by_another ON recoveries_ruling;
DROP FUNCTION IF EXISTS recoveries_ruling_is_by_another();
DROP TRIGGER IF EXISTS recoveries_assessment_is_allowed ON recoveries_assessment;
DROP FUNCTION IF EXISTS recoveries_assessment_is_allowed();
"""

PAYING_BACK = f"""
CREATE FUNCTION recoveries_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := CASE TG_TABLE_NAME
        WHEN 'recoveries_plan' THEN '{{replaced_at}}'
        WHEN 'recoveries_enquiry' THEN '{{found,found_satang,finished_at,finished_by_name}}'
        ELSE '{{revoked_at,revoked_by_name}}' END;
    ended text := CASE TG_TABLE_NAME WHEN 'recoveries_plan' THEN 'replaced_at'
        WHEN 'recoveries_enquiry' THEN 'finished_at' ELSE 'revoked_at' END;
BEGIN
    IF (to_jsonb(NEW) - ending) IS DISTINCT FROM (to_jsonb(OLD) - ending)
       OR to_jsonb(OLD)->>ended IS NOT NULL OR to_jsonb(NEW)->>ended IS NULL THEN
        {_refuse("never_edited", "what was agreed is never edited, only ended once")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recoveries_only_ends BEFORE UPDATE ON recoveries_plan
    FOR EACH ROW EXECUTE FUNCTION recoveries_only_ends();
CREATE TRIGGER recoveries_only_ends BEFORE UPDATE ON recoveries_enquiry
    FOR EACH ROW EXECUTE FUNCTION recoveries_only_ends();
CREATE TRIGGER recoveries_only_ends BEFORE UPDATE ON recoveries_deductionconsent
    FOR EACH ROW EXECUTE FUNCTION recoveries_only_ends();

CREATE FUNCTION recoveries_plan_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted uuid := CASE TG_TABLE_NAME WHEN 'recoveries_plan' THEN (to_jsonb(NEW)->>'id')::uuid
                        ELSE (to_jsonb(NEW)->>'plan_id')::uuid END;
    p recoveries_plan%ROWTYPE;
BEGIN
    SELECT * INTO p FROM recoveries_plan WHERE id = wanted;
    IF p.amount_satang IS DISTINCT FROM
           (SELECT sum(amount_satang)::bigint FROM recoveries_instalment WHERE plan_id = wanted)
       OR EXISTS (SELECT 1 FROM recoveries_instalment WHERE plan_id = wanted AND amount_satang > p.cap_satang) THEN
        {_refuse("plan_does_not_add_up", "instalments sum to the plan, each within the cap")}
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recoveries_plan_adds_up AFTER INSERT ON recoveries_plan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION recoveries_plan_adds_up();
CREATE CONSTRAINT TRIGGER recoveries_plan_adds_up AFTER INSERT ON recoveries_instalment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION recoveries_plan_adds_up();

CREATE FUNCTION recoveries_repayment_is_asked_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    o recoveries_overpayment%ROWTYPE;
    c recoveries_deductionconsent%ROWTYPE;
BEGIN
    SELECT * INTO o FROM recoveries_overpayment WHERE id = NEW.overpayment_id FOR UPDATE;
    IF o.state NOT IN ('asking', 'decided', 'repaying') OR (o.state = 'asking' AND NEW.way = 'deduction') THEN
        {_refuse("wrong_step", "nothing is asked back now")}
    END IF;
    IF recoveries_repaid(o.id) + NEW.amount_satang > COALESCE(recoveries_asked(o.id), o.amount_satang) THEN
        {_refuse("more_than_is_asked", "nobody pays back more than is asked")}
    END IF;
    IF NEW.way = 'deduction' THEN
        SELECT * INTO c FROM recoveries_deductionconsent WHERE id = NEW.consent_id FOR SHARE;
        IF c.overpayment_id IS DISTINCT FROM o.id OR c.revoked_at IS NOT NULL OR NEW.amount_satang > c.monthly_satang
           OR NEW.received_on < (c.given_at AT TIME ZONE 'Asia/Bangkok')::date
           OR EXISTS (SELECT 1 FROM recoveries_repayment WHERE consent_id = c.id
                      AND date_trunc('month', received_on) = date_trunc('month', NEW.received_on)) THEN
            {_refuse("no_living_consent", "money is kept back only as the person agreed, while the person agrees")}
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recoveries_repayment_is_asked_for BEFORE INSERT ON recoveries_repayment
    FOR EACH ROW EXECUTE FUNCTION recoveries_repayment_is_asked_for();

CREATE FUNCTION recoveries_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""  # noqa: S608  # nosec B608  # our own words
DROP_PAYING_BACK = """
DROP FUNCTION IF EXISTS recoveries_row_stays();
DROP TRIGGER IF EXISTS recoveries_repayment_is_asked_for ON recoveries_repayment;
DROP FUNCTION IF EXISTS recoveries_repayment_is_asked_for();
DROP TRIGGER IF EXISTS recoveries_plan_adds_up ON recoveries_instalment;
DROP TRIGGER IF EXISTS recoveries_plan_adds_up ON recoveries_plan;
DROP FUNCTION IF EXISTS recoveries_plan_adds_up();
DROP TRIGGER IF EXISTS recoveries_only_ends ON recoveries_deductionconsent;
DROP TRIGGER IF EXISTS recoveries_only_ends ON recoveries_enquiry;
DROP TRIGGER IF EXISTS recoveries_only_ends ON recoveries_plan;
DROP FUNCTION IF EXISTS recoveries_only_ends();
"""

APPEND_ONLY_TABLES = (
    "recoveries_hearing",
    "recoveries_answer",
    "recoveries_assessment",
    "recoveries_ruling",
    "recoveries_instalment",
    "recoveries_repayment",
)
CHANGING_TABLES = (
    "recoveries_overpayment",
    "recoveries_overpaidline",
    "recoveries_enquiry",
    "recoveries_rulingappeal",
    "recoveries_plan",
    "recoveries_deductionconsent",
)
AUDITED_TABLES = (*APPEND_ONLY_TABLES, *CHANGING_TABLES)


def row_stays(table: str) -> tuple[str, str]:
    """Refuse DELETE on a table whose rows may otherwise take a next step: the statement and its reverse."""
    return (
        f"CREATE TRIGGER recoveries_row_stays BEFORE DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION recoveries_row_stays();",
        f"DROP TRIGGER IF EXISTS recoveries_row_stays ON {table};",
    )
