"""Promises that each component renders in both languages and that its colours can be read by old eyes."""
