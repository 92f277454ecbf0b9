"""Access: accounts, sign-in, duties, hands on a case, and the gates of every page.

It promises that a person sees only what their duty in their office covers, that nobody lays two hands on
one case, that an account is never locked by somebody else's guesses, and that what an officer typed
survives an expired session. It refuses duties without dates, pages without a gate, one-time codes that live
longer than ten minutes, and any answer that tells a stranger which accounts exist. It serves every page
above. It knows accounts, not people: which account belongs to which person is in `registry`.
"""
