"""Which port is free? The one we prefer, else the next one that nobody listens on."""

import socket


def is_free(port: int) -> bool:
    """Whether 127.0.0.1:port can be listened on now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)  # with SO_REUSEADDR, bind alone may succeed beside a listener
        except OSError:
            return False
    return True


def first_free(preferred: int, *, taken: frozenset[int] = frozenset()) -> int:
    """`preferred`, or the first port above it that is free and not in `taken`."""
    for port in range(preferred, min(preferred + 500, 65_535)):
        if port not in taken and is_free(port):
            return port
    raise OSError(f"no free port on 127.0.0.1 between {preferred} and {preferred + 500}")
