"""Forms of the desk: `fields` are the shared inputs, the others one file a topic."""
