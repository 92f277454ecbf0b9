"""Which sums must agree for a day to be proved? Set-wise: as many questions for 77 centres as for one.

Every text takes `start` and `end` of the day and `offices` (NULL: all). A run spends the state budget of its fiscal year,
scheme and office.
"""

# ruff: noqa: S608 - the texts are put together from the constants of this file only

_RUN_FUND = "r.fiscal_year, r.scheme_code, 'budget'::text, o.code"
_RUNS = """payments_run r JOIN places_office o
           ON o.id = r.office_id AND (%(offices)s::text[] IS NULL OR o.code = ANY (%(offices)s::text[]))"""
_POSTINGS = """ledger_movement m JOIN ledger_posting p ON p.movement_id = m.id
           JOIN ledger_ledgeraccount a ON a.id = p.account_id
                AND (%(offices)s::text[] IS NULL OR a.office_code = ANY (%(offices)s::text[]))"""
_FUND = "a.fiscal_year, a.scheme_code, a.source, a.office_code"

# What the bank did goes through transit; what a person paid back goes from grants to bank.
_OF_BANK = """SELECT EXISTS (SELECT 1 FROM ledger_posting t JOIN ledger_ledgeraccount ta
           ON ta.id = t.account_id AND ta.role = 'transit' WHERE t.movement_id = m.id)"""

# Posted on the day, by fund: debits, credits, sent out, arrived, come back, paid back, how many movements.
POSTED = f"""
SELECT {_FUND},
       COALESCE(sum(p.amount_satang) FILTER (WHERE p.amount_satang > 0), 0)::bigint,
       COALESCE(-sum(p.amount_satang) FILTER (WHERE p.amount_satang < 0), 0)::bigint,
       COALESCE(sum(p.amount_satang) FILTER (WHERE a.role = 'transit' AND p.amount_satang > 0), 0)::bigint,
       COALESCE(sum(p.amount_satang) FILTER (WHERE a.role = 'grants' AND of_bank), 0)::bigint,
       COALESCE(sum(p.amount_satang) FILTER (WHERE a.role = 'bank' AND p.amount_satang > 0 AND of_bank), 0)::bigint,
       COALESCE(-sum(p.amount_satang) FILTER (WHERE a.role = 'grants' AND NOT of_bank), 0)::bigint,
       count(DISTINCT m.id)
FROM {_POSTINGS} CROSS JOIN LATERAL ({_OF_BANK}) b(of_bank) WHERE m.moved_at >= %(start)s AND m.moved_at < %(end)s GROUP BY 1, 2, 3, 4
"""

# Movements of the day that do not balance in one of their funds.
UNEVEN = f"""
SELECT {_FUND}, m.id, m.key, sum(p.amount_satang)::bigint
FROM {_POSTINGS} WHERE m.moved_at >= %(start)s AND m.moved_at < %(end)s
GROUP BY 1, 2, 3, 4, m.id, m.key, a.role IN ('treasury', 'bank', 'transit', 'grants', 'suspense')
HAVING sum(p.amount_satang) <> 0 ORDER BY m.key LIMIT 200
"""

# Where promises and money stand when the day ends.
BALANCES = f"""
SELECT {_FUND}, a.role, bool_and(NOT a.may_go_below_zero), sum(p.amount_satang)::bigint
FROM {_POSTINGS} WHERE m.moved_at < %(end)s GROUP BY 1, 2, 3, 4, 5
"""

# What was paid back by persons until the day ends.
REPAID = f"""
SELECT {_FUND}, (-sum(p.amount_satang))::bigint
FROM {_POSTINGS} CROSS JOIN LATERAL ({_OF_BANK}) b(of_bank)
WHERE m.moved_at < %(end)s AND a.role = 'grants' AND p.amount_satang < 0 AND NOT of_bank GROUP BY 1, 2, 3, 4
"""

# What the lines say of the same day and of all days before: paid and returned today; on their way, paid, promised,
# reversed (paid and came back: the money as what persons paid back, the budget as if it had not been spent).
LINES = f"""
SELECT {_RUN_FUND},
       COALESCE(sum(l.amount_satang) FILTER (WHERE l.paid_at >= %(start)s AND l.paid_at < %(end)s), 0)::bigint,
       COALESCE(sum(l.amount_satang) FILTER (WHERE l.returned_at >= %(start)s AND l.returned_at < %(end)s AND l.paid_at IS NULL), 0)::bigint,
       count(*) FILTER (WHERE l.paid_at >= %(start)s AND l.paid_at < %(end)s),
       count(*) FILTER (WHERE l.returned_at >= %(start)s AND l.returned_at < %(end)s AND l.paid_at IS NULL),
       COALESCE(sum(l.amount_satang) FILTER (WHERE r.released_at < %(end)s AND d.is_open), 0)::bigint,
       COALESCE(sum(l.amount_satang) FILTER (WHERE l.paid_at < %(end)s), 0)::bigint,
       COALESCE(sum(l.amount_satang) FILTER (WHERE r.checked_at < %(end)s AND d.is_open
                AND (r.abandoned_at IS NULL OR r.abandoned_at >= %(end)s)), 0)::bigint,
       COALESCE(sum(l.amount_satang) FILTER (WHERE l.paid_at < %(end)s AND l.returned_at < %(end)s), 0)::bigint
FROM payments_line l JOIN {_RUNS} ON r.id = l.run_id,
     LATERAL (SELECT COALESCE(l.paid_at >= %(end)s, true) AND COALESCE(l.returned_at >= %(end)s, true)) d(is_open)
GROUP BY 1, 2, 3, 4
"""

# Runs released on the day: what the files carry, what the lines hold and what was sent out are one sum.
RELEASED = f"""
SELECT {_RUN_FUND}, r.id, r.number, r.total_satang,
       COALESCE((SELECT sum(f.total_satang) FROM payments_bankfile f WHERE f.run_id = r.id AND f.signature <> ''), 0)::bigint,
       COALESCE((SELECT sum(l.amount_satang) FROM payments_line l WHERE l.run_id = r.id), 0)::bigint,
       COALESCE((SELECT sum(p.amount_satang) FROM ledger_movement m JOIN ledger_posting p ON p.movement_id = m.id
                 JOIN ledger_ledgeraccount a ON a.id = p.account_id
                 WHERE m.key = 'run:' || r.id || ':send' AND a.role = 'transit'), 0)::bigint
FROM {_RUNS} WHERE r.released_at >= %(start)s AND r.released_at < %(end)s ORDER BY r.number
"""

# Money that reached somebody without three people's signatures, or without an approval of the case behind it.
UNSIGNED = f"""
SELECT {_RUN_FUND}, r.id, r.number, sum(l.amount_satang)::bigint
FROM payments_line l JOIN {_RUNS} ON r.id = l.run_id
WHERE l.paid_at >= %(start)s AND l.paid_at < %(end)s
GROUP BY r.fiscal_year, r.scheme_code, o.code, r.id, r.number, r.prepared_by_id, r.released_by_id
HAVING (SELECT count(DISTINCT s.signer) FROM (
            SELECT r.prepared_by_id AS signer UNION ALL SELECT r.released_by_id
            UNION ALL SELECT v.approved_by_id FROM payments_approval v WHERE v.run_id = r.id) s) < 3
ORDER BY r.number LIMIT 200
"""
UNDECIDED = f"""
SELECT {_RUN_FUND}, l.id, l.reference, l.amount_satang
FROM payments_line l JOIN {_RUNS} ON r.id = l.run_id
JOIN entitlements_due u ON u.id = l.due_id
JOIN entitlements_entitlement e ON e.id = u.entitlement_id
LEFT JOIN decisions_decision c ON c.id = e.decision_id AND c.outcome = 'approved'
WHERE l.paid_at >= %(start)s AND l.paid_at < %(end)s
  AND (c.id IS NULL OR l.amount_satang <> u.amount_satang) ORDER BY l.reference LIMIT 200
"""

# What the bank said on the day and nobody could explain yet.
SUSPENSE = """
SELECT COALESCE(o.code, ''), s.id, f.name, s.line_no, s.reference, s.amount_satang
FROM payments_suspenseitem s JOIN payments_resultfile f ON f.id = s.result_file_id
LEFT JOIN places_office o ON o.id = f.office_id
WHERE s.settled_at IS NULL AND f.received_at < %(end)s
  AND (%(offices)s::text[] IS NULL OR o.code = ANY (%(offices)s::text[]))
ORDER BY f.received_at, s.line_no LIMIT 200
"""

# Lines that the day's answers name, and lines that were settled on the day: their own words, to be compared.
SETTLED = f"""
SELECT l.reference, {_RUN_FUND}, l.amount_satang, r.pay_route,
       CASE WHEN l.paid_at >= %(start)s AND l.paid_at < %(end)s THEN 'paid'
            WHEN l.returned_at >= %(start)s AND l.returned_at < %(end)s THEN 'returned' ELSE '' END,
       l.returned_code = 'file_refused', l.id
FROM payments_line l JOIN {_RUNS} ON r.id = l.run_id
WHERE (l.paid_at >= %(start)s AND l.paid_at < %(end)s) OR (l.returned_at >= %(start)s AND l.returned_at < %(end)s AND l.paid_at IS NULL)
ORDER BY l.reference
"""
