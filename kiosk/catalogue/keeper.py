"""The catalogue's keeper: a device that has one at hand from the first second, and looks whether the office has a newer one."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from drivers.contract import Cancel, Command, DeviceState, Emit, Failed, Status, StatusChanged
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.catalogue.catalogue import CATALOGUE
from kiosk.catalogue.kept import Kept
from kiosk.catalogue.query import Everyday, everyday
from kiosk.catalogue.store import Store
from kiosk.catalogue.sync import Stock, fetch
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import CatalogueChanged

if TYPE_CHECKING:
    from kiosk.backend.client import OfficeClient

EVERY = 600.0  # s between two looks
AGAIN = 30.0  # s after one that failed
_GRACE_SECONDS = 2.0
_REASONS: Mapping[BackendReason, Reason] = {
    BackendReason.UNREACHABLE: Reason.SILENT,
    BackendReason.TIMEOUT: Reason.TIMEOUT,
    BackendReason.UNAUTHORISED: Reason.NOT_AUTHORISED,
    BackendReason.NOT_FOUND: Reason.NOT_CONFIGURED,
}
_log = logging.getLogger(__name__)


class CatalogueKeeper:
    """Implements `drivers.contract.Device` for the role `catalogue`; it takes no commands.

    Emits CatalogueChanged for the catalogue on the disk and for each newer one. The status is ONLINE as soon as there is any,
    however old: its `identity` says `version`, `published` and `fetched`. Without one it is STARTING, then POWER_OFF with the reason.
    `up` is set by others when the office has come back.
    """

    def __init__(
        self, access: OfficeAccess, store: Path, *, words: Path, clock: Callable[[], datetime], up: threading.Event | None = None
    ) -> None:
        self._access, self._store, self._words, self._clock = access, Store(store), words, clock
        self._wake = up or threading.Event()
        self._ending = self._failing = False
        self._abort = Abort()
        self._status = Status(state=DeviceState.STARTING)
        self._kept: Kept | None = None
        self._stock: Stock = {}  # what came before a fetch failed
        self._thread: threading.Thread | None = None
        self._emit: Emit = lambda _: None

    def start(self, emit: Emit) -> None:
        """Begin with what is on the disk, then look for a newer one."""
        self._emit = emit
        self._thread = threading.Thread(target=self._run, name="catalogue", daemon=True)
        self._thread.start()

    def do(self, command: Command) -> None:
        """Nothing can be asked of it."""
        if not isinstance(command, Cancel) and not self._ending:
            error = DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, type(command).__name__)
            self._emit(Failed(role=CATALOGUE, id=command.id, error=error))

    def stop(self) -> None:
        """End the thread; a catalogue half fetched is forgotten."""
        self._ending = True
        self._abort.abort()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(self._access.total + _GRACE_SECONDS)
            if self._thread.is_alive():
                _log.error("the catalogue's thread did not end")

    def _run(self) -> None:
        words = everyday(self._words)
        self._take(self._store.load(), words)

        from kiosk.backend.client import OfficeClient  # noqa: PLC0415 importing requests takes as long as what is on the disk

        client = OfficeClient(self._access)
        while True:
            self._wake.clear()
            if self._ending:
                return
            self._wake.wait(EVERY if self._look(client, words) else AGAIN)

    def _look(self, client: "OfficeClient", words: Everyday) -> bool:
        """Whether the office was asked and all is well."""
        try:
            newer = fetch(client, self._kept, self._clock, self._abort, self._stock)
            self._stock.clear()
            self._take(newer, words)
        except BackendError as error:
            self._failed(error)
            return False
        except Exception as error:  # noqa: BLE001 whatever is wrong with one catalogue, there may be a better one tomorrow
            _log.error("the catalogue was not fetched: %s", type(error).__name__)
            self._failed(BackendError(BackendReason.BROKEN, type(error).__name__))
            return False
        self._failing = False
        if newer is not None:
            self._keep(newer)
        return True

    def _keep(self, kept: Kept) -> None:
        try:
            self._store.save(kept)
        except apsw.Error as error:
            _log.error("the catalogue was not kept on the disk: %s", type(error).__name__)

    def _take(self, kept: Kept | None, words: Everyday) -> None:
        if kept is None or self._ending:
            return
        self._emit(CatalogueChanged(catalogue=kept.catalogue(words)))
        self._kept = kept
        _log.info("catalogue %s with %d guides", kept.head.version, len(kept.guides))
        age = {"version": kept.head.version, "published": kept.head.published.isoformat(), "fetched": kept.fetched.isoformat()}
        self._tell(Status(state=DeviceState.ONLINE, identity=age))

    def _failed(self, error: BackendError) -> None:
        """Say so once; a catalogue that is there stays good."""
        if not (self._failing or self._ending):
            _log.warning("the office's catalogue cannot be had: %s", error)
        self._failing = True
        if self._ending or self._kept is not None:
            return
        reason = _REASONS.get(error.reason, Reason.GARBLED)
        self._tell(Status(state=DeviceState.POWER_OFF, error=DeviceError(reason, Action.WAIT, str(error))))

    def _tell(self, status: Status) -> None:
        if status != self._status:
            changed = ("state",) if status.state is not self._status.state else ("identity",)
            self._status = status
            self._emit(StatusChanged(role=CATALOGUE, status=status, changed=changed))
