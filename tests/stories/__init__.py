"""What does a person live through, from asking to the money in the account? Told through pages, in Thai."""
