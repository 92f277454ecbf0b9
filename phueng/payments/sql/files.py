"""What of a file can never be rewritten?"""

# The intent is stored when a run is approved and is never rewritten; a released run's file is signed once and sent once.
# Records of a file stand in chunks, which come before the intent that adds them up.
FILE = """
CREATE FUNCTION payments_file_is_intent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lines integer;
    total bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM payments_run WHERE id = NEW.run_id AND checked_at IS NOT NULL
                       AND written_at IS NULL AND abandoned_at IS NULL FOR SHARE) THEN
            RAISE EXCEPTION 'the intent of a file is stored once, for a run that has its approvals'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'file_needs_approval';
        END IF;
        IF NEW.signed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a file is signed when its run is released'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'file_needs_release';
        END IF;
        SELECT COALESCE(sum(line_count), 0), COALESCE(sum(total_satang), 0) INTO lines, total FROM payments_filechunk
        WHERE run_id = NEW.run_id AND product = NEW.product AND part = NEW.part;
        IF (lines, total) IS DISTINCT FROM (NEW.line_count, NEW.total_satang) THEN
            RAISE EXCEPTION 'file % holds % lines of % satang', NEW.name, lines, total
                USING ERRCODE = 'check_violation', CONSTRAINT = 'file_is_its_chunks';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - '{sent_at,signed_at,signature,key_id}'::text[])
       IS DISTINCT FROM (to_jsonb(OLD) - '{sent_at,signed_at,signature,key_id}'::text[])
       OR (OLD.signed_at IS NOT NULL AND (NEW.signed_at, NEW.signature, NEW.key_id)
           IS DISTINCT FROM (OLD.signed_at, OLD.signature, OLD.key_id))
       OR (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at)
    THEN
        RAISE EXCEPTION 'file % is never rewritten', OLD.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_is_frozen';
    END IF;
    IF NEW.signed_at IS NOT NULL AND OLD.signed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM payments_run WHERE id = NEW.run_id AND released_at IS NOT NULL) THEN
        RAISE EXCEPTION 'file % is signed when its run is released', OLD.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_needs_release';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_file_is_intent BEFORE INSERT OR UPDATE ON payments_bankfile
    FOR EACH ROW EXECUTE FUNCTION payments_file_is_intent();
CREATE FUNCTION payments_chunk_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a chunk is never rewritten nor removed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chunk_is_frozen';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM payments_run WHERE id = NEW.run_id AND written_at IS NULL AND abandoned_at IS NULL) THEN
        RAISE EXCEPTION 'the files of this run are written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'written_run_takes_no_chunk';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_chunk_stays BEFORE INSERT OR UPDATE OR DELETE ON payments_filechunk
    FOR EACH ROW EXECUTE FUNCTION payments_chunk_stays();
"""
DROP_FILE = """
DROP TRIGGER IF EXISTS payments_chunk_stays ON payments_filechunk;
DROP FUNCTION IF EXISTS payments_chunk_stays();
DROP TRIGGER IF EXISTS payments_file_is_intent ON payments_bankfile;
DROP FUNCTION IF EXISTS payments_file_is_intent();
"""
