"""Scanner of bar and QR codes on a serial line (RS-232, or USB in COM mode), never as a keyboard.

Nothing can be asked of such a scanner in a way that holds for all makers, so its presence is not known: ONLINE here means only
that its port is open. A scanner in a port of its own (USB) goes away with the port; one behind an adapter does not.
"""

import time

import msgspec

from drivers.contract import Answer, CodeRejected, CodeScanned, Command, Device, DeviceState, Done, Reset, Status
from drivers.link import Link
from drivers.runner import Driver, Runner, unsupported
from drivers.scanners.serial_code_protocol import Code, Framer, Reject
from drivers.transport import SerialSettings

_LISTEN = 1.0  # s
_STALE = 1.0  # s: a code that waits so long for its suffix has lost it; hardly anybody presents two codes faster


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    r"""`suffix` ends a code (`\r`, `\n`, `\r\n`); where it is empty, `gap_ms` of silence does. `limit` is in bytes."""

    baud: int = 9600
    suffix: str = "\r"
    gap_ms: int = 50
    limit: int = 512

    def __post_init__(self) -> None:
        if self.suffix not in {"", "\r", "\n", "\r\n"}:
            message = r"Expected '', '\r', '\n' or '\r\n' - at `$.suffix`"
            raise msgspec.ValidationError(message)


def build(role: str, settings: Settings) -> Device:
    """The scanner as a device."""
    return Runner(role, SerialScanner(settings), settings)


class SerialScanner(Driver):
    """The scanner's side of the runner."""

    def __init__(self, settings: Settings) -> None:
        self._framer = Framer(settings.suffix.encode(), settings.limit)
        self._gap = settings.gap_ms / 1000
        self._stale = _STALE if settings.suffix else self._gap
        self._heard = 0.0

    def connect(self, link: Link) -> Status:
        """What was scanned while nobody listened is not for now."""
        link.drain()
        self._framer.clear()
        return Status(state=DeviceState.ONLINE)

    def handle(self, link: Link, command: Command) -> Answer:
        """Reset: forget a code that has begun."""
        match command:
            case Reset():
                link.drain()
                self._framer.clear()
                return Done(role=link.role, id=command.id)
            case _:
                raise unsupported(command)

    def idle(self, link: Link) -> None:
        """Tell the codes that come."""
        quiet_after = self._gap if self._framer.swallowing else self._stale
        data = link.listen(quiet_after if self._framer.open else _LISTEN)
        if data:
            self._heard = time.monotonic()
            self._tell(link, self._framer.feed(data))
        elif self._framer.open and time.monotonic() - self._heard >= quiet_after:
            self._tell(link, self._framer.gap())

    def _tell(self, link: Link, found: list[Code | Reject]) -> None:
        for one in found:
            match one:
                case Code(text=text):
                    link.emit(CodeScanned(role=link.role, text=text))
                case Reject(reason=reason):
                    link.emit(CodeRejected(role=link.role, reason=reason))
