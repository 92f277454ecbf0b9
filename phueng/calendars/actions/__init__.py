"""What can be done with days and clocks? One file an act; import from the file.

Nothing is imported here: the holiday list is heavy and only its loading needs it.
"""
