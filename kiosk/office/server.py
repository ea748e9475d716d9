"""The office on a port: in a thread of this process, or as the whole process."""

import asyncio
import logging
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from kiosk.office.api import OfficeApi

_GRACE_SECONDS = 3
_LAST_WORDS_SECONDS = 0.3
_log = logging.getLogger("kiosk.office")


class _Server(uvicorn.Server):
    """A server that says when it is up, or will not be."""

    def __init__(self, app: OfficeApi) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        # uvicorn's own access log has whole addresses in it, and comes back as soon as somebody gives its logger a handler
        logging.getLogger("uvicorn.access").disabled = True
        self._live = app.state.office.live if hasattr(app.state, "office") else None
        self.up = threading.Event()
        self.helpers: list[threading.Thread] = []

    def work(self, listening: socket.socket) -> None:
        """Serve as a thread: a start that failed ends it, not the process."""
        with suppress(SystemExit):
            self.run([listening])

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop, then note the loop's helper threads (anyio's), which end with the loop but unjoined."""
        try:
            await super().serve(sockets)
        finally:
            if self._live is not None:
                self._live.close()
            self.up.set()  # for whoever waits, also when it did not start
            loop = asyncio.get_running_loop()
            self.helpers = [one for one in threading.enumerate() if getattr(one, "loop", None) is loop]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self._live is not None:
            self._live.start()
        self.up.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let all readers of live news go, then wait for the requests under way."""
        if self._live is not None:
            self._live.stop()
            asyncio.get_running_loop().call_later(_LAST_WORDS_SECONDS, self._cut_off_readers)
        await super().shutdown(sockets)

    def _cut_off_readers(self) -> None:
        """Those who take nothing, so that not even the end of their stream reaches them."""
        for connection in list(self.server_state.connections):
            path: str = (getattr(connection, "scope", None) or {}).get("path", "")
            if path.endswith("/events") and connection.transport.get_write_buffer_size():
                connection.transport.abort()


@dataclass(frozen=True, slots=True)
class Serving:
    """A running office; `url` has no slash at its end."""

    url: str
    _server: _Server
    _thread: threading.Thread
    app: OfficeApi

    def stop(self) -> None:
        """End requests, close the port and the database; returns when the thread has ended."""
        self._server.should_exit = True
        self._thread.join()
        for helper in self._server.helpers:
            helper.join()
        self.app.state.office.database.close()


def serve(app: OfficeApi, host: str = "127.0.0.1", port: int = 0) -> Serving:
    """Serve in a thread; port 0 takes a free one. OSError if the port is taken or the application does not start."""
    listening, url = _listen(host, port)
    server = _Server(app)
    thread = threading.Thread(target=server.work, args=(listening,), name="office")
    thread.start()
    server.up.wait()
    if not server.started:
        thread.join()
        listening.close()
        raise OSError("the office did not start")
    _log.info("office listens on %s", url)
    return Serving(url, server, thread, app)


def serve_forever(app: OfficeApi, host: str = "127.0.0.1", port: int = 8080) -> None:
    """Serve until SIGINT or SIGTERM. OSError if the port is taken."""
    listening, url = _listen(host, port)
    _log.info("office listens on %s", url)
    try:
        _Server(app).run([listening])
    finally:
        app.state.office.database.close()


def _listen(host: str, port: int) -> tuple[socket.socket, str]:
    listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    shown = f"[{host}]" if ":" in host else host
    return listening, f"http://{shown}:{listening.getsockname()[1]}"
