"""Is the stage the one a person would name, for every combination of facts that can occur?"""
