"""Is the right account's holder told, and is everything else no answer?"""
