"""Scanner of bar and QR codes on a serial line (RS-232, or USB in COM mode), never as a keyboard.

Nothing can be asked of such a scanner in a way that holds for all makers, so its presence is not known: ONLINE here means only
that its port is open. A scanner in a port of its own (USB) goes away with the port; one behind an adapter does not.
"""

import time
from collections.abc import Mapping

import msgspec

from drivers.context import Context
from drivers.contract import Capabilities, CodeRejected, CodeScanned, DeviceState, Hardware, HealthLevel, MediaTo, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.runner import Driver, Runner
from drivers.scanners.serial_code_protocol import Code, Framer, Reject
from drivers.transport import SerialSettings, serial_line

_LISTEN = 1.0  # s
_CHECK = 60.0  # s that a person has to fetch a code
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


def build(context: Context, settings: Settings) -> Hardware:
    """The scanner as a device."""
    return Runner(context, SerialScanner(settings), serial_line(settings))


class SerialScanner(Driver):
    """The scanner's side of the runner."""

    capabilities = Capabilities(
        events=("CodeScanned", "CodeRejected"),
        health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE),
        counters=("goodScanCount", "rejectedScanCount"),
    )

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

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - there are no media
        """Forget a code that has begun."""
        link.drain()
        self._framer.clear()

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: the port is open, and more cannot be asked; interactive: a code that a person holds up arrives whole."""
        if level is not HealthLevel.INTERACTIVE:
            return {}
        link.ask("check-hold-code")
        end = time.monotonic() + _CHECK
        self._framer.clear()
        while time.monotonic() < end:
            for found in self._framer.feed(link.listen(end - time.monotonic())):
                if isinstance(found, Code):
                    return {"length": str(len(found.text))}
        raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, "no whole code came")

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
                    link.count("goodScanCount")
                    link.emit(CodeScanned(role=link.role, text=text))
                case Reject(reason=reason):
                    link.count("rejectedScanCount")
                    link.emit(CodeRejected(role=link.role, reason=reason))
