"""Name inquiry: who holds this account at that bank, and is it open?

Promises: an answer is returned only when every part of it was understood and it is about the account that was asked
for. Refuses: to guess; a bank that is slow, silent, busy or garbled raises `InquiryUnavailable`, which never passes
for "the name agrees". Asks only with a reason and the name of whoever asks. An answer has an age, and who decides about
money says how old it may be. Serves: payments, before an account is paid for the first time. It compares nothing:
`kernel.names` does, and a person decides.
"""
