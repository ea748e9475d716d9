"""The adapter that puts the connections of requests under a deadline."""

import socket
from collections.abc import Callable
from typing import Any, cast

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from kiosk.backend.abort import Deadline


class DeadlineAdapter(HTTPAdapter):
    """An adapter of requests whose sockets the deadline can shut down; it never tries again by itself."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(max_retries=0)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:  # noqa: ANN401 passed on unread
        """The pool for a request, its connections watched."""
        pool = cast("HTTPConnectionPool", super().get_connection_with_tls_context(*args, **kwargs))
        pool.ConnectionCls = _watched(pool.ConnectionCls, self._deadline)  # type: ignore[assignment]
        return pool


def _watched(make: Callable[..., Any], deadline: Deadline) -> Callable[..., Any]:
    """The connection class, with each new socket shown to the deadline."""

    def connection(**settings: object) -> HTTPConnection:
        made: HTTPConnection = make(**settings)
        connect = made._new_conn  # noqa: SLF001 the one place where the socket exists before TLS takes it

        def new_socket() -> socket.socket:
            connected = connect()
            deadline.watch(connected)
            return connected

        made._new_conn = new_socket  # type: ignore[method-assign]  # noqa: SLF001
        return made

    return connection
