"""The typesetter as a device: documents go in, PDFs come out, nothing waits for it but the step that asked."""

import logging
import queue
import threading

from drivers.contract import Cancel, Command, DeviceState, Document, Emit, Failed, Status, StatusChanged
from drivers.errors import Action, DeviceError, Reason
from kiosk.documents.messages import TYPESETTER, Compose, Composed
from kiosk.documents.typeset import TypesetError, typeset

_log = logging.getLogger(__name__)


class Typesetter:
    """Implements `drivers.contract.Device` for the role `typesetter`: Compose is answered by Composed or Failed.

    A document given up by Cancel before its turn answers `canceled`; one that is being set is set to its end, which takes parts
    of a second.
    """

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._given_up: set[str] = set()
        self._ending = False
        self._thread: threading.Thread | None = None

    def start(self, emit: Emit) -> None:
        """Begin to work."""
        self._thread = threading.Thread(target=self._run, args=(emit,), name=TYPESETTER, daemon=True)
        self._thread.start()

    def do(self, command: Command) -> None:
        """Put the command into the inbox and return at once."""
        if isinstance(command, Cancel):
            self._given_up.add(command.of)
        else:
            self._inbox.put(command)

    def stop(self) -> None:
        """End the thread; what is not set yet answers `canceled`."""
        self._ending = True
        self._inbox.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self, emit: Emit) -> None:
        emit(StatusChanged(role=TYPESETTER, status=Status(state=DeviceState.ONLINE), changed=("state",)))
        while command := self._inbox.get():
            emit(self._answer(command))
        while not self._inbox.empty():
            if left := self._inbox.get():
                emit(_failed(left, Reason.CANCELED, Action.WAIT))

    def _answer(self, command: Command) -> Composed | Failed:
        if self._ending or command.id in self._given_up:
            self._given_up.discard(command.id)
            return _failed(command, Reason.CANCELED, Action.WAIT)
        if not isinstance(command, Compose):
            return _failed(command, Reason.UNSUPPORTED, Action.CONFIGURATION)
        try:
            pdf, pages = typeset(command.sheets)
        except TypesetError as error:
            _log.error("a document could not be set: %s", error)
        except Exception as error:  # noqa: BLE001 the citizen who waits gets an answer whatever is wrong here
            _log.error("a document could not be set: %s", type(error).__name__)  # without message: it may hold what the document says
        else:
            return Composed(id=command.id, document=Document(pdf=pdf), pages=pages)
        return _failed(command, Reason.JOB_REFUSED, Action.MAINTENANCE)


def _failed(command: Command, reason: Reason, action: Action) -> Failed:
    return Failed(role=TYPESETTER, id=command.id, error=DeviceError(reason, action))
