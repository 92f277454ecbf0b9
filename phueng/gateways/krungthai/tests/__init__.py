"""Is the bank file exactly what was meant, and is everything else refused?"""
