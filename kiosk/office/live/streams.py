"""Server-sent events: the whole state as an event whenever it has changed, until the reader or the server goes.

The id of an event is a digest of what it says. A reader who comes back with the id of the newest state is told nothing until the
next change; one who comes back with an older id gets the state as it is, so nothing is ever missed, nor sent for the past.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import anyio
import msgspec
from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kiosk.office.live.bus import Bus, Watch
from kiosk.office.problems import ProblemError

HEARTBEAT_SECONDS = 15
RETRY_MILLISECONDS = 2000
_MOST_READERS = 2000
_LOOKERS = 4  # threads that read for streams, apart from those of requests
_log = logging.getLogger("kiosk.office.live")


@dataclass(frozen=True, slots=True)
class Said:
    """A state, and whether it is the last there will be."""

    value: object
    over: bool = False


Look = Callable[[], Said]


class Streams:
    """Opens streams over one bus; all in the server's loop."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.readers = 0
        self._limiter: CapacityLimiter | None = None

    def open(self, hall: str, look: Look, last_id: str) -> "EventStream":
        """A stream of what `look` (called in a thread) finds whenever something changes in the hall.

        ProblemError `busy` when there are too many readers.
        """
        if self.readers >= _MOST_READERS:
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "busy", retry_after=5)
        return EventStream(self, hall, look, last_id)

    async def look(self, look: Look) -> Said:
        """Call it in a thread."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(_LOOKERS)
        return await to_thread.run_sync(look, limiter=self._limiter)


class EventStream(Response):
    """A stream to one reader. A slow one holds up itself only: what it did not take in time is overtaken by the next state."""

    media_type = "text/event-stream"

    def __init__(self, streams: Streams, hall: str, look: Look, last_id: str) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._streams, self._hall, self._look, self._last_id = streams, hall, look, last_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send until nothing more is to come."""
        self._streams.readers += 1
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_until_gone, receive, group.cancel_scope)
                with self._streams.bus.watch(self._hall) as watch:
                    await self._tell(send, watch)
                group.cancel_scope.cancel()
        finally:
            self._streams.readers -= 1

    async def _tell(self, send: Send, watch: Watch) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await _send(send, f"retry: {RETRY_MILLISECONDS}\n\n")
        over = False
        while not (over or self._streams.bus.stopped):
            try:
                said = await self._streams.look(self._look)
            except ProblemError:  # what one watched is gone, or one may not watch it any more
                break
            except SQLAlchemyError as error:
                _log.warning("a stream ends: %s", type(error).__name__)
                return await _end(send)
            over = said.over
            await _send(send, self._event(said))
            if not over:
                await watch.wait(HEARTBEAT_SECONDS)
        if not self._streams.bus.stopped:
            await _send(send, "event: end\ndata: {}\n\n")
        return await _end(send)

    def _event(self, said: Said) -> str:
        """The state as an event, or a heartbeat where it is what the reader knows."""
        this, data = digest(said.value)
        if this == self._last_id:
            return ": alive\n\n"
        self._last_id = this
        return f"id: {this}\nevent: state\ndata: {data}\n\n"


def digest(value: object) -> tuple[str, str]:
    """The id of a state and its JSON on one line; the moment `at` which it was read does not count."""
    plain = msgspec.to_builtins(value)
    data = msgspec.json.encode(plain)
    lasting = msgspec.json.encode({name: part for name, part in plain.items() if name != "at"})
    return hashlib.sha256(lasting).hexdigest()[:16], data.decode()


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _end(send: Send) -> None:
    await send({"type": "http.response.body", "body": b"", "more_body": False})
