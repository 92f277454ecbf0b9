"""How does an office's register of letters count, and how is a number written? The SQL for it; nothing is imported.

The lock lasts until commit, so two letters of one office wait for each other: a register of letters has no gaps and no
twins. It is a function, because each statement inside sees what was committed while it waited for the lock; a plain
subquery would still see the register as it was before. The unique constraint stands behind it.
"""

NEXT_NUMBER = """
CREATE FUNCTION phueng_next_letter_number(office text, year_of_letter integer) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(office || '/' || year_of_letter, 7022));
    RETURN coalesce(
        (SELECT max(running_no) FROM documents_letter WHERE office_code = office AND year_be = year_of_letter), 0) + 1;
END $$;
"""

# As letter_numbers.letter_number writes it; a test compares the two.
NUMBER = "office_code || '/' || running_no || '/' || year_be"
