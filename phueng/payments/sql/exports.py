"""What was asked for, and let through by somebody else, is what is made: neither changes afterwards."""

EXPORT = """
CREATE FUNCTION payments_export_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR (NEW.register, NEW.layout, NEW.asked, NEW.language, NEW.purpose, NEW.office_codes, NEW.needs_approval,
        NEW.asked_by_id, NEW.asked_by_name, NEW.asked_at)
       IS DISTINCT FROM
       (OLD.register, OLD.layout, OLD.asked, OLD.language, OLD.purpose, OLD.office_codes, OLD.needs_approval,
        OLD.asked_by_id, OLD.asked_by_name, OLD.asked_at)
    OR (OLD.approved_at IS NOT NULL
        AND (NEW.approved_at, NEW.approved_by_id) IS DISTINCT FROM (OLD.approved_at, OLD.approved_by_id))
  THEN
    RAISE EXCEPTION 'an export stays as it was asked for and approved'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'export_stays_as_asked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_export_stays BEFORE UPDATE OR DELETE ON payments_export
  FOR EACH ROW EXECUTE FUNCTION payments_export_stays();
"""
DROP_EXPORT = """
DROP TRIGGER payments_export_stays ON payments_export;
DROP FUNCTION payments_export_stays();
"""
