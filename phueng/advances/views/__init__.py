"""Pages about money paid in the hand: the list, one advance, one payee."""
