"""Whether the office can be reached: asked every few seconds, told at once by requests that fail, reported when it changes."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from drivers.contract import DeviceState, Emit, Status, StatusChanged
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.backend.messages import OFFICE
from kiosk.errors import BackendError, BackendReason

if TYPE_CHECKING:
    from kiosk.backend.client import OfficeClient

_SILENT = {BackendReason.UNREACHABLE, BackendReason.TIMEOUT}
_log = logging.getLogger(__name__)


class Pulse:
    """State of the line to the office. `on_change` is called each time it comes up or goes down."""

    def __init__(self, access: OfficeAccess, client: "Callable[[], OfficeClient]", on_change: Callable[[bool], None]) -> None:
        self._access = access
        self._client = client
        self._on_change = on_change
        self._lock = threading.Lock()
        self._state: DeviceState | None = None
        self._wake = threading.Event()
        self._ending = False
        self._abort = Abort()
        self._emit: Emit | None = None
        self._thread = threading.Thread(target=self._run, name="office-pulse", daemon=True)

    def start(self, emit: Emit) -> None:
        """Begin to poll."""
        self._emit = emit
        self._thread.start()

    def stop(self, seconds: float) -> bool:
        """Stop polling; whether the thread ended within `seconds`."""
        self._ending = True
        self._abort.abort()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def answered(self) -> None:
        """A request was answered, so the office is up."""
        self._change(None)

    def failed(self, error: BackendError) -> None:
        """A request failed: without a connection the office is down; if it is unclear, the office is asked at once."""
        if error.reason is BackendReason.UNREACHABLE:
            self._change(error)
        if error.unknown_outcome:
            self._wake.set()
        else:
            self._change(None)

    def _run(self) -> None:
        while not self._ending:
            self._wake.clear()
            try:
                self._client().healthy(self._abort)
            except BackendError as error:
                self._change(error)
            else:
                self._change(None)
            self._wake.wait(self._access.poll_up if self._state is DeviceState.ONLINE else self._access.poll_down)

    def _change(self, error: BackendError | None) -> None:
        state = DeviceState.POWER_OFF if error else DeviceState.ONLINE
        with self._lock:
            if state is self._state or self._ending or self._emit is None:
                return
            self._state = state
            _log.log(logging.WARNING if error else logging.INFO, "office %s%s", state, f" ({error})" if error else "")
            status = Status(state=state, error=_device_error(error) if error else None)
            self._emit(StatusChanged(role=OFFICE, status=status, changed=("state",)))
        self._on_change(error is None)


def _device_error(error: BackendError) -> DeviceError:
    return DeviceError(Reason.SILENT if error.reason in _SILENT else Reason.GARBLED, Action.WAIT, str(error))
