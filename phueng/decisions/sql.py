"""Which decisions does the database refuse, whoever asks?

Raw SQL under the application's own role meets the same refusals as the service: the person who recommended cannot
decide, a relative of the applicant can neither recommend nor decide, nobody decides outside their area or above
their delegation, and no decision is ever edited. MESSAGE starts with the problem's code, so that the action can say
it in plain words.
"""

RECOMMENDATION = """
CREATE FUNCTION decisions_recommendation_is_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    app applications_application%ROWTYPE;
    officer uuid;
    today date := (NEW.recommended_at AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    SELECT * INTO app FROM applications_application WHERE id = NEW.application_id;
    IF app.office_id IS DISTINCT FROM NEW.office_id OR NOT EXISTS (
        SELECT 1 FROM access_duty
        WHERE account_id = NEW.recommended_by_id AND office_id = NEW.office_id
          AND role IN ('social_worker', 'municipal_officer') AND daterange(starts_on, ends_before) @> today)
    THEN
        RAISE EXCEPTION 'outside_area: this account holds no duty to recommend in the office of the case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outside_area';
    END IF;
    SELECT person_id INTO officer FROM registry_accountowner WHERE account_id = NEW.recommended_by_id;
    IF officer IS NOT NULL AND app.person_id IS NOT NULL AND registry_is_kin(officer, app.person_id, today) THEN
        RAISE EXCEPTION 'related_to_applicant: the officer is a relative of the applicant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'related_to_applicant';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_recommendation_is_allowed BEFORE INSERT ON decisions_recommendation
    FOR EACH ROW EXECUTE FUNCTION decisions_recommendation_is_allowed();
"""
DROP_RECOMMENDATION = """
DROP TRIGGER IF EXISTS decisions_recommendation_is_allowed ON decisions_recommendation;
DROP FUNCTION IF EXISTS decisions_recommendation_is_allowed();
"""

DECISION = """
CREATE FUNCTION decisions_decision_is_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    app applications_application%ROWTYPE;
    rec decisions_recommendation%ROWTYPE;
    officer uuid;
    today date := (NEW.decided_at AT TIME ZONE 'Asia/Bangkok')::date;
    own_case boolean;
BEGIN
    SELECT * INTO app FROM applications_application WHERE id = NEW.application_id;
    SELECT * INTO rec FROM decisions_recommendation WHERE id = NEW.recommendation_id;
    IF rec.application_id IS DISTINCT FROM NEW.application_id OR rec.round <> NEW.round THEN
        RAISE EXCEPTION 'another_case: the recommendation belongs to another case or round'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'another_case';
    END IF;
    -- Anybody whose hand is on the case already, the recommender above all, cannot decide it.
    SELECT EXISTS (SELECT 1 FROM access_hand WHERE case_id = NEW.application_id
                   AND account_id = NEW.decided_by_id AND hand <> 'approver') INTO own_case;
    -- Nor can the person whose earlier decision was appealed.
    own_case := own_case OR EXISTS (SELECT 1 FROM decisions_decision
        WHERE application_id = NEW.application_id AND decided_by_id = NEW.decided_by_id);
    IF own_case OR rec.recommended_by_id = NEW.decided_by_id OR app.entered_by_id = NEW.decided_by_id THEN
        RAISE EXCEPTION 'same_hands: whoever entered, visited or recommended cannot decide'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_hands';
    END IF;
    SELECT person_id INTO officer FROM registry_accountowner WHERE account_id = NEW.decided_by_id;
    IF officer IS NOT NULL AND app.person_id IS NOT NULL AND registry_is_kin(officer, app.person_id, today) THEN
        RAISE EXCEPTION 'related_to_applicant: the officer is a relative of the applicant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'related_to_applicant';
    END IF;
    -- The duty is in the office of the case, in the office paired with it (a borrowed hand), or, for the outcome of
    -- an appeal, in the office that settles it.
    IF NOT EXISTS (
        SELECT 1 FROM access_duty d JOIN places_office o ON o.id = app.office_id
        WHERE d.account_id = NEW.decided_by_id AND d.role = 'approver' AND d.office_id = NEW.office_id
          AND daterange(d.starts_on, d.ends_before) @> today
          AND (NEW.office_id = app.office_id OR NEW.office_id = o.paired_office_id
               OR NEW.is_appeal_outcome))
    THEN
        RAISE EXCEPTION 'outside_area: this account holds no duty to decide for the office of the case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outside_area';
    END IF;
    IF NEW.outcome = 'approved' THEN
        IF NEW.amount_satang > COALESCE(rec.amount_satang, 0) THEN
            RAISE EXCEPTION 'above_recommendation: more than was recommended'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'above_recommendation';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM access_delegation g
            WHERE g.office_id = NEW.office_id AND g.role = 'approver'
              AND (g.account_id IS NULL OR g.account_id = NEW.decided_by_id)
              AND g.scheme_code IN ('', app.scheme_code) AND g.up_to_satang >= NEW.amount_satang
              AND daterange(g.starts_on, g.ends_before) @> today)
        THEN
            RAISE EXCEPTION 'above_delegation: no delegation covers this amount today'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'above_delegation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_decision_is_allowed BEFORE INSERT ON decisions_decision
    FOR EACH ROW EXECUTE FUNCTION decisions_decision_is_allowed();
"""
DROP_DECISION = """
DROP TRIGGER IF EXISTS decisions_decision_is_allowed ON decisions_decision;
DROP FUNCTION IF EXISTS decisions_decision_is_allowed();
"""

APPEAL = """
CREATE FUNCTION decisions_appeal_is_settled_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    app applications_application%ROWTYPE;
    officer uuid;
    today date := (NEW.settled_at AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    IF OLD.settled_at IS NOT NULL THEN
        RAISE EXCEPTION 'already_settled: a settled appeal is never edited'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'already_settled';
    END IF;
    IF NEW.settled_by_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM access_hand h JOIN decisions_decision d ON d.application_id = h.case_id
               WHERE d.id = NEW.decision_id AND h.account_id = NEW.settled_by_id)
       OR EXISTS (SELECT 1 FROM decisions_decision d JOIN decisions_recommendation r ON r.id = d.recommendation_id
                  WHERE d.id = NEW.decision_id AND NEW.settled_by_id IN (d.decided_by_id, r.recommended_by_id))
    THEN
        RAISE EXCEPTION 'same_hands: an appeal is settled by somebody who had no hand in the case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_hands';
    END IF;
    SELECT a.* INTO app FROM applications_application a JOIN decisions_decision d ON d.application_id = a.id
    WHERE d.id = NEW.decision_id;
    SELECT person_id INTO officer FROM registry_accountowner WHERE account_id = NEW.settled_by_id;
    IF officer IS NOT NULL AND app.person_id IS NOT NULL AND registry_is_kin(officer, app.person_id, today) THEN
        RAISE EXCEPTION 'related_to_applicant: the officer is a relative of the applicant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'related_to_applicant';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM access_duty WHERE account_id = NEW.settled_by_id AND role = 'approver'
                   AND office_id = NEW.office_id AND daterange(starts_on, ends_before) @> today)
    THEN
        RAISE EXCEPTION 'outside_area: this account holds no duty in the office that settles the appeal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outside_area';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_appeal_is_settled_by_another BEFORE UPDATE ON decisions_appeal
    FOR EACH ROW EXECUTE FUNCTION decisions_appeal_is_settled_by_another();
"""
DROP_APPEAL = """
DROP TRIGGER IF EXISTS decisions_appeal_is_settled_by_another ON decisions_appeal;
DROP FUNCTION IF EXISTS decisions_appeal_is_settled_by_another();
"""

AUDITED_TABLES = (
    "decisions_recommendation",
    "decisions_decision",
    "decisions_appeal",
    "decisions_meeting",
    "decisions_attendance",
    "decisions_agendaitem",
    "decisions_recusal",
)
APPEND_ONLY_TABLES = ("decisions_recommendation", "decisions_decision", "decisions_recusal")
