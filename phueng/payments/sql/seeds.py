"""No money leaves before the seed of its sample is laid down, and no seed is laid down afterwards."""

SEED = """
CREATE FUNCTION payments_seed_comes_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payments_run r WHERE r.id = NEW.run_id
                   AND r.frozen_at IS NOT NULL AND r.released_at IS NULL) THEN
        RAISE EXCEPTION 'a seed is laid down between freezing and release'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seed_comes_before_release';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_seed_comes_first BEFORE INSERT ON payments_sampleseed
    FOR EACH ROW EXECUTE FUNCTION payments_seed_comes_first();
CREATE FUNCTION payments_run_keeps_its_seed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payments_sampleseed WHERE run_id = NEW.id) THEN
        RAISE EXCEPTION 'run % has no seed for its sample yet', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_a_seed';
    END IF;
    RETURN NEW;
END $$;
-- After payments_run_is_signed_in_order: whoever may not sign is told that first.
CREATE TRIGGER payments_run_keeps_its_seed BEFORE UPDATE OF released_at ON payments_run FOR EACH ROW
    WHEN (NEW.released_at IS NOT NULL AND OLD.released_at IS NULL)
    EXECUTE FUNCTION payments_run_keeps_its_seed();
"""
DROP_SEED = """
DROP TRIGGER IF EXISTS payments_run_keeps_its_seed ON payments_run;
DROP FUNCTION IF EXISTS payments_run_keeps_its_seed();
DROP TRIGGER IF EXISTS payments_seed_comes_first ON payments_sampleseed;
DROP FUNCTION IF EXISTS payments_seed_comes_first();
"""
