"""Which pages does tracking have? Letting in, the timeline, and what a citizen does from there."""
