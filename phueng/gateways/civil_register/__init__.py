"""The civil register: is this person alive, what is their name, when were they born, where do they live?

Promises: an answer is returned only when every part of it was understood and it is about the person who was
asked for. Refuses: to guess. Slow, silent, refusing or garbled registers raise `RegisterUnavailable`;
nothing of that sort can pass for "alive". Asks only with a reason and the name of whoever asks, because the
register records both. Serves: verification. It does not retry; the worker does, visibly.
"""
