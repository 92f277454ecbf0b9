"""Views of the desk, one file a topic."""
