"""Which pages does this package have? One file for each person in front of them."""
