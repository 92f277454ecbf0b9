"""Pages of officers about money paid by mistake: the list, one question, its acts."""
