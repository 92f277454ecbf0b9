"""Help for a low-income family or a destitute person: one sum, proposed by a social worker, at most thrice a
year.
"""
