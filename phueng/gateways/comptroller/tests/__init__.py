"""Is the certified list exactly what was meant, and is everything else refused?"""
