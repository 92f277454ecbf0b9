"""Documents keeps evidence and letters: every file received is checked, cleaned of its location, stored whole and served
only to people who may see it; every letter is numbered, made once and can be verified by anybody who holds it.

It refuses files that are not what they claim to be, and it never serves a file that was not examined. It serves the
citizen who photographs a passbook, the officer who reads it, and the auditor who asks for it in five years."""
