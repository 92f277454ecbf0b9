"""Portal: the front door. What Phueng is, what one can ask for, how it goes, and whom to call.

Promises: every number on these pages is read from the schemes on the day of reading; everybody may read every page
without signing in; the first page is small enough for a slow phone. Refuses: to know anything about a person. Serves:
whoever comes for the first time.
"""
