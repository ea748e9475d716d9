"""A reader behind PC/SC (pcsc-lite, `winscard.h`): is a card in it, and talk to its chip. Every failure is a `DeviceError`.

The low-level functions of pyscard are used, not its monitors: their thread dies with the daemon and does not come back. No call here
waits for a card; a reader that hangs in the middle of an APDU holds its caller, who is therefore in a process of its own.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from drivers.claim import Claim
from drivers.errors import Action, DeviceError, Reason

_SOCKET = "PCSCLITE_CSOCK_NAME"  # where libpcsclite is told another socket of the daemon than its own
_PRESENT, _MUTE, _COUNTED = 0x20, 0x200, 16  # SCARD_STATE_…; the event count is in the bits above
_STATUS = 2  # bytes of a response at the least
_GREETINGS = 3


class Code(IntEnum):
    """Return codes of `pcsclite.h` that are told apart."""

    SUCCESS = 0
    INVALID_HANDLE = 0x80100003
    UNKNOWN_READER = 0x80100009
    SHARING_VIOLATION = 0x8010000B
    NO_SMARTCARD = 0x8010000C
    PROTO_MISMATCH = 0x8010000F
    COMM_ERROR = 0x80100013
    NOT_TRANSACTED = 0x80100016
    READER_UNAVAILABLE = 0x80100017
    CARD_UNSUPPORTED = 0x8010001C
    NO_SERVICE = 0x8010001D
    SERVICE_STOPPED = 0x8010001E
    NO_READERS = 0x8010002E
    UNSUPPORTED_CARD = 0x80100065
    UNRESPONSIVE_CARD = 0x80100066
    UNPOWERED_CARD = 0x80100067
    RESET_CARD = 0x80100068
    REMOVED_CARD = 0x80100069
    SECURITY_VIOLATION = 0x8010006A


_AWAY = (Reason.UNPLUGGED, Action.CLEAR)
_MOVED = (Reason.CARD_MOVED, Action.WAIT)
_UNREADABLE = (Reason.CARD_UNREADABLE, Action.WAIT)
_NOT_OURS = (Reason.NOT_CONFIGURED, Action.CONFIGURATION)
_MEANINGS: Mapping[int, tuple[Reason, Action]] = {
    Code.INVALID_HANDLE: _AWAY,  # the daemon was started again
    Code.UNKNOWN_READER: _AWAY,
    Code.COMM_ERROR: _AWAY,
    Code.READER_UNAVAILABLE: _AWAY,
    Code.NO_SERVICE: _AWAY,
    Code.SERVICE_STOPPED: _AWAY,
    Code.NO_READERS: _AWAY,
    Code.NO_SMARTCARD: _MOVED,
    Code.RESET_CARD: _MOVED,
    Code.REMOVED_CARD: _MOVED,
    Code.PROTO_MISMATCH: _UNREADABLE,
    Code.NOT_TRANSACTED: _UNREADABLE,
    Code.CARD_UNSUPPORTED: _UNREADABLE,
    Code.UNSUPPORTED_CARD: _UNREADABLE,
    Code.UNRESPONSIVE_CARD: _UNREADABLE,
    Code.UNPOWERED_CARD: _UNREADABLE,
    Code.SHARING_VIOLATION: _NOT_OURS,
    Code.SECURITY_VIOLATION: _AWAY,  # libpcsclite's word for a daemon that hangs up
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look at the reader shows; `count` differs when a card left or came since, however quickly."""

    present: bool
    mute: bool
    count: int


class Desk:
    """One reader, held against other programs that ask for it."""

    def __init__(self, name: str, socket: str) -> None:
        """Find the reader whose name contains `name`; raises `DeviceError` (UNPLUGGED when there is none or no daemon)."""
        if socket:
            os.environ[_SOCKET] = socket
        from smartcard import scard  # type: ignore[import-untyped]  # noqa: PLC0415 - loads libpcsclite

        self._scard: Any = scard
        self._context = self._establish()
        try:
            self.name = _only(name, self._good(scard.SCardListReaders(self._context, []))[0])
            self._claim = Claim(f"pcsc:{socket}:{self.name}")
        except DeviceError:
            scard.SCardReleaseContext(self._context)
            raise

    def _establish(self) -> Any:  # noqa: ANN401 - pyscard has no types
        """A line to the daemon; one that hangs up on us each time does not want us, one that does so once may just have ended."""
        for _ in range(_GREETINGS):
            code, context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_USER)
            if code != Code.SECURITY_VIOLATION:
                return self._good((code, context))[0]
        raise DeviceError(*_NOT_OURS, "the daemon does not let us in")

    def close(self) -> None:
        """Let the reader go."""
        self._scard.SCardReleaseContext(self._context)
        self._claim.close()

    def look(self) -> Sight:
        """Whether a card is in it; does not wait."""
        states = self._good(self._scard.SCardGetStatusChange(self._context, 0, [(self.name, self._scard.SCARD_STATE_UNAWARE)]))[0]
        state = states[0][1]
        return Sight(present=bool(state & _PRESENT), mute=bool(state & _MUTE), count=state >> _COUNTED)

    def identity(self) -> Mapping[str, str]:
        """Name of the reader, and what it tells of itself without a card."""
        scard = self._scard
        found = {"model": self.name}
        code, handle, _ = scard.SCardConnect(self._context, self.name, scard.SCARD_SHARE_DIRECT, scard.SCARD_PROTOCOL_UNDEFINED)
        if code != Code.SUCCESS:
            return found
        attributes = (("maker", scard.SCARD_ATTR_VENDOR_NAME), ("serial", scard.SCARD_ATTR_VENDOR_IFD_SERIAL_NO))
        for key, attribute in attributes:
            code, value = scard.SCardGetAttrib(handle, attribute)
            text = bytes(value).decode("ascii", "replace").strip("\0 ") if code == Code.SUCCESS else ""
            if text.isprintable() and text:
                found[key] = text
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
        return found

    @contextmanager
    def chip(self) -> Iterator["Chip"]:
        """The chip of the card, switched on and for us alone; switched off at the end."""
        scard = self._scard
        both = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        handle, protocol = self._good(scard.SCardConnect(self._context, self.name, scard.SCARD_SHARE_EXCLUSIVE, both))
        # After a failure the daemon is left to find out what became of the card: told to switch off one that is just being pulled
        # and put back, pcscd 1.9.9 takes the reader for empty until the card leaves once more.
        ending = scard.SCARD_LEAVE_CARD
        try:
            yield Chip(self, handle, scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1)
            ending = scard.SCARD_UNPOWER_CARD
        finally:
            scard.SCardDisconnect(handle, ending)

    def transmit(self, handle: object, protocol: object, command: bytes) -> bytes:
        """One APDU to the chip and its response."""
        response = bytes(self._good(self._scard.SCardTransmit(handle, protocol, list(command)))[0])
        if len(response) < _STATUS:
            raise DeviceError(*_UNREADABLE, f"response of {len(response)} bytes")
        return response

    def _good(self, result: tuple[Any, ...]) -> tuple[Any, ...]:
        """What a function returned besides its code; raises `DeviceError` for all codes but success."""
        code, *values = result
        if code == Code.SUCCESS:
            return tuple(values)
        code &= 0xFFFFFFFF
        reason, action = _MEANINGS.get(code, (Reason.HARDWARE, Action.MAINTENANCE))
        raise DeviceError(reason, action, f"PC/SC {code:08X}")


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip that is switched on."""

    desk: Desk
    handle: object
    protocol: object

    def exchange(self, command: bytes) -> bytes:
        """One APDU and its response."""
        return self.desk.transmit(self.handle, self.protocol, command)


def _only(name: str, readers: list[str]) -> str:
    found = [reader for reader in readers if name in reader]
    if not found:
        raise DeviceError(*_AWAY, f"no reader {name!r} among {len(readers)}")
    if len(found) > 1:
        raise DeviceError(*_NOT_OURS, f"{len(found)} readers are called {name!r}")
    return found[0]
