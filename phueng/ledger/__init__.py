"""The ledger knows where every satang is: accounts and balanced postings that are never edited; a correction is a reversal.

It refuses a movement that does not sum to zero and any spending beyond what is allotted, in the database itself. It serves
the finance officer who signs and the auditor who asks why."""
