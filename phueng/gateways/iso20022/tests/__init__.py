"""Is every order exact and valid, every answer understood, and everything else refused?"""
