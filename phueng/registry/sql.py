"""Which questions about people does the database answer itself, so that its own guards can ask them?"""

# A merge chain is short (a person merged into one who is merged again); 16 stops a circle that no constraint can see.
CANONICAL = """
CREATE FUNCTION registry_canonical(wanted uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE chain(id, depth) AS (
        SELECT wanted, 0
        UNION ALL
        SELECT s.canonical_id, chain.depth + 1
        FROM chain JOIN registry_sameperson s ON s.person_id = chain.id AND s.undone_at IS NULL
        WHERE chain.depth < 16
    )
    SELECT id FROM chain ORDER BY depth DESC LIMIT 1
$$;
"""

IS_KIN = """
CREATE FUNCTION registry_is_kin(one uuid, other uuid, on_day date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT registry_canonical(one) = registry_canonical(other)
        OR EXISTS (
            SELECT 1 FROM registry_membership a JOIN registry_membership b USING (household_id)
            WHERE a.person_id IN (one, registry_canonical(one)) AND b.person_id IN (other, registry_canonical(other))
              AND daterange(a.starts_on, a.ends_before) @> on_day AND daterange(b.starts_on, b.ends_before) @> on_day)
        OR EXISTS (
            SELECT 1 FROM registry_relation
            WHERE (person_id IN (one, registry_canonical(one)) AND other_id IN (other, registry_canonical(other)))
               OR (person_id IN (other, registry_canonical(other)) AND other_id IN (one, registry_canonical(one))))
$$;
"""

# Everybody that this record stands for: the canonical record and all that were merged into it, at any depth.
SELVES = """
CREATE FUNCTION registry_selves(wanted uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE selves(id, depth) AS (
        SELECT registry_canonical(wanted), 0
        UNION ALL
        SELECT s.person_id, selves.depth + 1
        FROM selves JOIN registry_sameperson s ON s.canonical_id = selves.id AND s.undone_at IS NULL
        WHERE selves.depth < 16
    )
    SELECT DISTINCT id FROM selves
$$;
"""

DROP_CANONICAL = "DROP FUNCTION IF EXISTS registry_canonical(uuid)"
DROP_SELVES = "DROP FUNCTION IF EXISTS registry_selves(uuid)"
DROP_IS_KIN = "DROP FUNCTION IF EXISTS registry_is_kin(uuid, uuid, date)"

AUDITED_TABLES = (
    "registry_person",
    "registry_personname",
    "registry_identifier",
    "registry_household",
    "registry_membership",
    "registry_home",
    "registry_relation",
    "registry_phone",
    "registry_bankaccount",
    "registry_circumstance",
    "registry_accountowner",
    "registry_sameperson",
)
