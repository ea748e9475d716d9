"""Who watches a hall learns that something changed there; what changed, they look up themselves.

So there is no queue that a slow watcher could fill: many changes while one looks away are one.
"""

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Protocol


class Carrier(Protocol):
    """What carries changes to other processes."""

    def tell(self, hall: str) -> None:
        """Carry it; returns at once."""

    def start(self) -> None:
        """Begin to carry."""

    def stop(self) -> None:
        """End, with nothing left running."""


class Watch:
    """One watcher of a hall, in the server's loop."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Return when something changed since the last return, or after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        self._changed.clear()

    def wake(self) -> None:
        """Something changed; called in the loop."""
        self._changed.set()


class Bus:
    """Changes of halls, from any thread to watchers in the server's loop; `carrier` takes them to other processes."""

    def __init__(self, carrier: Carrier | None = None) -> None:
        self.carrier = carrier
        self.stopped = False
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watches: dict[str, set[Watch]] = {}
        self._revisions: dict[str, int] = {}

    def changed(self, hall: str) -> None:
        """Say here and in all other processes that something changed in the hall. Returns at once; call it after the commit."""
        self.heard(hall)
        if self.carrier is not None:
            self.carrier.tell(hall)

    def heard(self, hall: str | None) -> None:
        """Say it in this process only; None: in any hall, after news may have been missed."""
        with self._lock:
            for one in self._revisions if hall is None else (hall,):
                self._revisions[one] = self._revisions.get(one, 0) + 1
            loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody watches any more
                loop.call_soon_threadsafe(self._wake, hall)

    def revision(self, hall: str) -> int:
        """A number that another one follows at every change."""
        with self._lock:
            return self._revisions.setdefault(hall, 0)

    @contextmanager
    def watch(self, hall: str) -> Iterator[Watch]:
        """Watch the hall from inside the server's loop."""
        watch = Watch()
        with self._lock:
            self._loop = asyncio.get_running_loop()
        self._watches.setdefault(hall, set()).add(watch)
        try:
            yield watch
        finally:
            self._watches[hall].discard(watch)

    @property
    def watched(self) -> Mapping[str, int]:
        """How many watch each hall."""
        return MappingProxyType({hall: len(watches) for hall, watches in self._watches.items()})

    def start(self) -> None:
        """Begin to carry news between processes."""
        self.stopped = False
        if self.carrier is not None:
            self.carrier.start()

    def stop(self) -> None:
        """Let all watchers go, who look at `stopped`; called in the loop."""
        self.stopped = True
        self._wake(None)

    def close(self) -> None:
        """End the carrier's thread."""
        if self.carrier is not None:
            self.carrier.stop()

    def _wake(self, hall: str | None) -> None:
        groups = self._watches.values() if hall is None else (self._watches.get(hall, set()),)
        for watch in [one for group in groups for one in group]:
            watch.wake()
