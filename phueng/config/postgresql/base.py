"""Does the connection that was kept from the request before still live?

Django asks `SELECT 1` at the start of every request: one more journey for every page. A server that was restarted has
closed its end, and that can be seen on the socket without asking; only then is the question worth its price.
"""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """One method differs."""

    def is_usable(self) -> bool:
        """A socket on which nothing waits to be read is as the last answer left it."""
        connection: Any = self.connection
        if connection is None or connection.closed:
            return False
        waiting = select.poll()  # not select(): a busy server may hold more than 1,024 descriptors
        waiting.register(connection.fileno(), select.POLLIN)
        return bool(super().is_usable()) if waiting.poll(0) else True
