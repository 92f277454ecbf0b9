"""What do races share with stories: the running service and its people."""

from tests.stories.conftest import outside, someone

__all__ = ["outside", "someone"]
