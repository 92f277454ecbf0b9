"""The story: the cast's own cases, told through the same actions and worker steps as any real case.

Promises: nothing here writes a row by itself; the clock is moved (demo and test settings only), so that every moment in a
case is the moment at which it was recorded. Refuses: stages that the actions could not have reached.
"""
