"""How do places and offices get into the database? One file an act; import from the file.

Nothing is imported here: the place list is heavy and only the loading needs it.
"""
