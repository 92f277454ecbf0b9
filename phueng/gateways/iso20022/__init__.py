"""ISO 20022: the payment order any bank reads (pain.001.001.09), its status report (pain.002), its statement (camt.053).

Promises: an order is written from integers of satang in one pass and little memory, stands the official schema, and
reads back to exactly what was meant; every deviation is told with line and column. PromptPay by national ID is a
destination beside the account. What comes back is read without entities, without outside definitions and within
limits. Refuses: other currencies than baht, dates of the Buddhist era, two transfers with one reference, any element
nobody agreed upon. Serves: payments, for banks other than Krungthai and for those who want one file for all banks.
"""
