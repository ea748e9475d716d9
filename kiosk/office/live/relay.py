"""Changes between the office's processes, over LISTEN and NOTIFY of PostgreSQL: one thread with one connection of its own.

Telling is apart from the transactions that change something, as NOTIFY inside them would have all of them commit one after the
other. What is lost between a commit and its notice, readers see at their next heartbeat.
"""

import logging
import select
import socket
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress

import psycopg
from sqlalchemy import Engine

_CHANNEL = "kiosk_office_live"
_BACK_OFF_SECONDS = 2.0
_ALIVE_SECONDS = 30.0  # how often a silent connection is tried
_log = logging.getLogger("kiosk.office.live")


class Relay:
    """Carries changes to the other processes of the office, and has theirs `heard`; None: some may have been missed."""

    def __init__(self, engine: Engine, heard: Callable[[str | None], None]) -> None:
        self._engine, self._heard = engine, heard
        self._me = uuid.uuid4().hex
        self._pending: set[str] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._waker: socket.socket | None = None

    def tell(self, hall: str) -> None:
        """Tell the other processes; returns at once."""
        with self._lock:
            self._pending.add(hall)
        self._wake()

    def start(self) -> None:
        """Begin to listen."""
        self._stopping.clear()
        self._waker, woken = socket.socketpair()
        self._waker.settimeout(0)
        woken.settimeout(0)
        self._thread = threading.Thread(target=self._run, args=(woken,), name="office-live")
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._wake()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._waker is not None:
            self._waker.close()
            self._waker = None

    def _wake(self) -> None:
        if self._waker is not None:
            with suppress(OSError):  # it has not looked at the wakes before yet, or is stopping
                self._waker.send(b"x")

    def _run(self, woken: socket.socket) -> None:
        with woken:
            self._carry(woken)

    def _carry(self, woken: socket.socket) -> None:
        down = False
        while not self._stopping.is_set():
            try:
                with self._connect() as connection:
                    down = False
                    self._work(connection, woken)
            except psycopg.Error as error:
                if not down:
                    _log.warning("no live news from other processes: %s", type(error).__name__)
                down = True
                self._stopping.wait(_BACK_OFF_SECONDS)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        arguments, named = self._engine.dialect.create_connect_args(self._engine.url)
        ours = {"autocommit": True, "connect_timeout": 3, "application_name": "kiosk-office-live"}
        return psycopg.connect(*arguments, **{**named, **ours})

    def _work(self, connection: psycopg.Connection[tuple[object, ...]], woken: socket.socket) -> None:
        connection.execute(f"LISTEN {_CHANNEL}")
        self._heard(None)
        while not self._stopping.is_set():
            ready, _, _ = select.select((connection.fileno(), woken.fileno()), (), (), _ALIVE_SECONDS)
            if not ready:
                connection.execute("SELECT 1")
            if woken.fileno() in ready:
                with suppress(BlockingIOError):
                    while woken.recv(4096):
                        pass
                self._tell_pending(connection)
            for notice in connection.notifies(timeout=0):
                sender, _, hall = notice.payload.partition(" ")
                if sender != self._me:
                    self._heard(hall)

    def _tell_pending(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        with self._lock:
            halls, self._pending = self._pending, set()
        for hall in sorted(halls):
            connection.execute("SELECT pg_notify(%s, %s)", (_CHANNEL, f"{self._me} {hall}"))
