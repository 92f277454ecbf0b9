"""Does the civil register gateway believe only what it may believe?"""
