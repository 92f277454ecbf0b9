"""Pages for signing in; the pages that administer accounts stand in `desk`."""
