"""Verification checks what an application says, by machine and by officer: identifier, civil register, same person, other
benefits, eligibility and the home visit. Each check keeps question, answer, source and time.

It refuses to pass a check that was never answered: a register that is down makes the check wait, visibly. It serves the
officer who must trust a fact and the citizen who should not have to prove it twice."""
