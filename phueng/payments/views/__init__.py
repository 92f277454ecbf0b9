"""Pages of the finance officers: what is due, runs with their signatures, files, answers, budget."""
