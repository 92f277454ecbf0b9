"""Advances pay people who have no account: two people hand the money over, and every satang of the cash is accounted for.

It promises a signed receipt behind every payment, two payers who had no other hand in the case, and an advance that is
cleared to the satang. It refuses a second payment and a payment nobody confirmed. It serves whoever has no bank."""
