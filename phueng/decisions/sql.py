"""Which decisions does the database refuse, whoever asks?

Raw SQL under the application's own role meets the same refusals as the service: the person who recommended cannot
decide, a relative of the applicant can neither recommend nor decide, nobody decides outside their area or above
their delegation, and no decision is ever edited. MESSAGE starts with the problem's code, so that the action can say
it in plain words.
"""

RECOMMENDATION_FUNCTION = """
CREATE OR REPLACE FUNCTION decisions_recommendation_is_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    app applications_application%ROWTYPE;
    officer uuid;
    today date := (NEW.recommended_at AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
    SELECT * INTO app FROM applications_application WHERE id = NEW.application_id;
    -- The duty is in the office of the case, or in one that is asked for a hand in it, while it is asked.
    IF app.office_id IS DISTINCT FROM NEW.office_id OR NOT EXISTS (
        SELECT 1 FROM access_duty
        WHERE account_id = NEW.recommended_by_id
          AND (office_id = NEW.office_id OR access_is_lent(app.id, 'verifier', app.office_id, office_id))
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
    -- Whoever wrote the case down, or decided it before an appeal, does not verify it.
    IF app.entered_by_id = NEW.recommended_by_id
       OR EXISTS (SELECT 1 FROM access_hand WHERE case_id = app.id AND account_id = NEW.recommended_by_id AND hand <> 'verifier')
       OR EXISTS (SELECT 1 FROM decisions_decision WHERE application_id = app.id AND decided_by_id = NEW.recommended_by_id)
    THEN
        RAISE EXCEPTION 'same_hands: this account had another hand in the case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'same_hands';
    END IF;
    RETURN NEW;
END $$;
"""
RECOMMENDATION = f"""{RECOMMENDATION_FUNCTION}
CREATE TRIGGER decisions_recommendation_is_allowed BEFORE INSERT ON decisions_recommendation
    FOR EACH ROW EXECUTE FUNCTION decisions_recommendation_is_allowed();
"""
DROP_RECOMMENDATION = """
DROP TRIGGER IF EXISTS decisions_recommendation_is_allowed ON decisions_recommendation;
DROP FUNCTION IF EXISTS decisions_recommendation_is_allowed();
"""

DECISION_FUNCTION = """
CREATE OR REPLACE FUNCTION decisions_decision_is_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    app applications_application%ROWTYPE;
    rec decisions_recommendation%ROWTYPE;
    officer uuid;
    item uuid;
    today date := (NEW.decided_at AT TIME ZONE 'Asia/Bangkok')::date;
    own_case boolean;
BEGIN
    SELECT * INTO app FROM applications_application WHERE id = NEW.application_id;
    SELECT * INTO rec FROM decisions_recommendation WHERE id = NEW.recommendation_id;
    IF rec.application_id IS DISTINCT FROM NEW.application_id OR rec.round <> NEW.round THEN
        RAISE EXCEPTION 'another_case: the recommendation belongs to another case or round'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'another_case';
    END IF;
    IF app.closed_at IS NOT NULL AND app.closed_why <> 'decided' THEN
        RAISE EXCEPTION 'case_is_closed: the case was withdrawn, forwarded or closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_is_closed';
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
    -- The duty is in the office of the case, in one that is asked for a hand in it, while it is asked, or, for the
    -- outcome of an appeal, in the office that settled it.
    IF NOT EXISTS (
        SELECT 1 FROM access_duty d
        WHERE d.account_id = NEW.decided_by_id AND d.role = 'approver' AND d.office_id = NEW.office_id
          AND daterange(d.starts_on, d.ends_before) @> today
          AND (NEW.office_id = app.office_id OR access_is_lent(app.id, 'approver', app.office_id, NEW.office_id)
               OR EXISTS (SELECT 1 FROM decisions_appeal p JOIN decisions_decision before ON before.id = p.decision_id
                          WHERE before.application_id = app.id AND p.outcome = 'reversed' AND p.office_id = NEW.office_id)))
    THEN
        RAISE EXCEPTION 'outside_area: this account holds no duty to decide for the office of the case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outside_area';
    END IF;
    IF NEW.meeting_id IS NOT NULL THEN
        SELECT id INTO item FROM decisions_agendaitem
        WHERE meeting_id = NEW.meeting_id AND recommendation_id = NEW.recommendation_id;
        IF NOT EXISTS (SELECT 1 FROM decisions_attendance
                       WHERE meeting_id = NEW.meeting_id AND member_id = NEW.decided_by_id AND is_chair) THEN
            RAISE EXCEPTION 'not_the_chair: a resolution is recorded by the chair of the meeting'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'not_the_chair';
        END IF;
        IF item IS NULL OR cardinality(decisions_voting(item, today)) <
            (SELECT quorum FROM decisions_meeting WHERE id = NEW.meeting_id)
        THEN
            RAISE EXCEPTION 'no_quorum: too few members who may take part in this item are present'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'no_quorum';
        END IF;
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
"""
DECISION = f"""{DECISION_FUNCTION}
CREATE TRIGGER decisions_decision_is_allowed BEFORE INSERT ON decisions_decision
    FOR EACH ROW EXECUTE FUNCTION decisions_decision_is_allowed();
"""
DROP_DECISION = """
DROP TRIGGER IF EXISTS decisions_decision_is_allowed ON decisions_decision;
DROP FUNCTION IF EXISTS decisions_decision_is_allowed();
"""

# An appeal is lodged open, says for ever what it said, and is settled once, by somebody without a hand in the case.
APPEAL = """
CREATE FUNCTION decisions_appeal_is_settled_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    app applications_application%ROWTYPE;
    officer uuid;
    today date := (NEW.settled_at AT TIME ZONE 'Asia/Bangkok')::date;
    settling text[] := '{outcome,settled_why,settled_at,settled_by_id,settled_by_name}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.settled_at IS NOT NULL THEN
            RAISE EXCEPTION 'already_settled: an appeal is lodged before it is settled'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'already_settled';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.settled_at IS NOT NULL OR (to_jsonb(NEW) - settling) IS DISTINCT FROM (to_jsonb(OLD) - settling) THEN
        RAISE EXCEPTION 'already_settled: what was appealed or settled is never edited'
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
CREATE TRIGGER decisions_appeal_is_settled_by_another BEFORE INSERT OR UPDATE ON decisions_appeal
    FOR EACH ROW EXECUTE FUNCTION decisions_appeal_is_settled_by_another();
"""
DROP_APPEAL = """
DROP TRIGGER IF EXISTS decisions_appeal_is_settled_by_another ON decisions_appeal;
DROP FUNCTION IF EXISTS decisions_appeal_is_settled_by_another();
"""

# Who may take part in an item: present, not recused, without another hand in the case, and no relative. The chair's
# signature counts the same people as the guard of the decision does.
COMMITTEE = """
CREATE FUNCTION decisions_voting(item uuid, today date) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT COALESCE(array_agg(t.member_id), '{}')
    FROM decisions_agendaitem i
    JOIN decisions_recommendation r ON r.id = i.recommendation_id
    JOIN applications_application a ON a.id = r.application_id
    JOIN decisions_attendance t ON t.meeting_id = i.meeting_id
    LEFT JOIN registry_accountowner w ON w.account_id = t.member_id
    WHERE i.id = item AND t.member_id <> r.recommended_by_id AND t.member_id IS DISTINCT FROM a.entered_by_id
      AND NOT EXISTS (SELECT 1 FROM decisions_recusal c WHERE c.item_id = i.id AND c.member_id = t.member_id)
      AND NOT EXISTS (SELECT 1 FROM access_hand h
                      WHERE h.case_id = a.id AND h.account_id = t.member_id AND h.hand <> 'approver')
      AND NOT COALESCE(registry_is_kin(w.person_id, a.person_id, today), false)
$$;
CREATE FUNCTION decisions_meeting_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_meeting uuid;
BEGIN
    IF TG_TABLE_NAME = 'decisions_meeting' THEN
        IF OLD.closed_at IS NOT NULL OR (NEW.office_id, NEW.scheme_code, NEW.held_at, NEW.quorum, NEW.called_at, NEW.called_by_id)
            IS DISTINCT FROM (OLD.office_id, OLD.scheme_code, OLD.held_at, OLD.quorum, OLD.called_at, OLD.called_by_id)
        THEN
            RAISE EXCEPTION 'meeting_closed: what a meeting said is never edited'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_closed';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'decisions_recusal' THEN
        SELECT meeting_id INTO of_meeting FROM decisions_agendaitem WHERE id = NEW.item_id AND resolved_at IS NULL;
    ELSE
        of_meeting := NEW.meeting_id;
    END IF;
    IF of_meeting IS NULL OR EXISTS (SELECT 1 FROM decisions_meeting WHERE id = of_meeting AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'meeting_closed: the meeting, or the item, is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_closed';
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'decisions_agendaitem' THEN
        IF OLD.resolved_at IS NOT NULL OR (NEW.meeting_id, NEW.position, NEW.recommendation_id)
            IS DISTINCT FROM (OLD.meeting_id, OLD.position, OLD.recommendation_id)
        THEN
            RAISE EXCEPTION 'meeting_closed: a resolved item is never edited'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_closed';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_meeting_is_open BEFORE UPDATE ON decisions_meeting
    FOR EACH ROW EXECUTE FUNCTION decisions_meeting_is_open();
CREATE TRIGGER decisions_meeting_is_open BEFORE INSERT OR UPDATE ON decisions_agendaitem
    FOR EACH ROW EXECUTE FUNCTION decisions_meeting_is_open();
CREATE TRIGGER decisions_meeting_is_open BEFORE INSERT OR UPDATE ON decisions_attendance
    FOR EACH ROW EXECUTE FUNCTION decisions_meeting_is_open();
CREATE TRIGGER decisions_meeting_is_open BEFORE INSERT ON decisions_recusal
    FOR EACH ROW EXECUTE FUNCTION decisions_meeting_is_open();
CREATE FUNCTION decisions_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER decisions_row_stays BEFORE DELETE ON decisions_appeal FOR EACH ROW EXECUTE FUNCTION decisions_row_stays();
CREATE TRIGGER decisions_row_stays BEFORE DELETE ON decisions_meeting FOR EACH ROW EXECUTE FUNCTION decisions_row_stays();
CREATE TRIGGER decisions_row_stays BEFORE DELETE ON decisions_agendaitem FOR EACH ROW EXECUTE FUNCTION decisions_row_stays();
CREATE TRIGGER decisions_row_stays BEFORE DELETE ON decisions_attendance FOR EACH ROW EXECUTE FUNCTION decisions_row_stays();
"""
DROP_COMMITTEE = """
DROP TRIGGER IF EXISTS decisions_row_stays ON decisions_attendance;
DROP TRIGGER IF EXISTS decisions_row_stays ON decisions_agendaitem;
DROP TRIGGER IF EXISTS decisions_row_stays ON decisions_meeting;
DROP TRIGGER IF EXISTS decisions_row_stays ON decisions_appeal;
DROP FUNCTION IF EXISTS decisions_row_stays();
DROP TRIGGER IF EXISTS decisions_meeting_is_open ON decisions_recusal;
DROP TRIGGER IF EXISTS decisions_meeting_is_open ON decisions_attendance;
DROP TRIGGER IF EXISTS decisions_meeting_is_open ON decisions_agendaitem;
DROP TRIGGER IF EXISTS decisions_meeting_is_open ON decisions_meeting;
DROP FUNCTION IF EXISTS decisions_meeting_is_open();
DROP FUNCTION IF EXISTS decisions_voting(uuid, date);
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
