"""Bytes from an ESC/POS printer become replies, and replies a status. Pure; never raises, whatever arrives.

Bit maps: DLE EOT 1-4 and GS r of the Epson ESC/POS reference (download4.epson.biz), GS a frames of the TM-T88III manual p. 143.
The first byte tells four kinds of reply apart: real-time 0xx1xx10, ASB 0xx1xx00 and three more bytes, GS r 0xx0xxxx, and
blocks from one of five headers to a NUL.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from drivers.contract import DeviceState, Level, Part, Status
from drivers.errors import Action, DeviceError, Reason

IDENTITY, RESPONSE = 0x5F, 0x37  # headers of the blocks that answer GS I and GS ( H or DLE DC4
_BLOCK_HEADERS = frozenset({0x35, RESPONSE, 0x3B, 0x3D, IDENTITY})
_BLOCK_LIMIT = 128  # bytes; the longest known block has 80 characters
_ASB_SIZE = 4
_KIND_MASK, _REAL_TIME, _ASB = 0x93, 0x12, 0x10
_PLAIN_MASK = 0x90  # bits that are 0 in GS r answers and in the second to fourth byte of ASB


@dataclass(frozen=True, slots=True)
class RealTime:
    """Answer to a DLE EOT; which one it answers it does not say."""

    byte: int


@dataclass(frozen=True, slots=True)
class Asb:
    """The four bytes of an automatic status."""

    frame: bytes


@dataclass(frozen=True, slots=True)
class Processed:
    """Answer to GS r: the printer's buffer was worked off up to there."""

    byte: int


@dataclass(frozen=True, slots=True)
class Data:
    """A block: its header and what stands before the NUL."""

    header: int
    text: bytes


Reply = RealTime | Asb | Processed | Data


class Replies:
    """Cuts a stream of bytes into replies. Holds at most one unfinished reply; what fits nothing is skipped."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def clear(self) -> None:
        """Forget an unfinished reply: what follows begins anew."""
        self._pending.clear()

    def feed(self, data: bytes) -> list[Reply]:
        """All replies that these bytes complete."""
        return [reply for byte in data for reply in self._take(byte)]

    def _take(self, byte: int) -> Iterator[Reply]:
        if self._pending and not self._continues(byte):
            self._pending.clear()
        if not self._pending:
            yield from self._first(byte)
            return
        self._pending.append(byte)
        first = self._pending[0]
        if first in _BLOCK_HEADERS and byte == 0:
            yield Data(first, bytes(self._pending[1:-1]))
            self._pending.clear()
        elif first not in _BLOCK_HEADERS and len(self._pending) == _ASB_SIZE:
            yield Asb(bytes(self._pending))
            self._pending.clear()

    def _continues(self, byte: int) -> bool:
        if self._pending[0] in _BLOCK_HEADERS:
            return byte == 0 or (byte >= ord(" ") and len(self._pending) < _BLOCK_LIMIT)
        return byte & _PLAIN_MASK == 0

    def _first(self, byte: int) -> Iterator[Reply]:
        if byte & _KIND_MASK == _REAL_TIME:
            yield RealTime(byte)
        elif byte & _KIND_MASK == _ASB or byte in _BLOCK_HEADERS:
            self._pending.append(byte)
        elif byte & _PLAIN_MASK == 0:
            yield Processed(byte)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What the printer has said of itself; None and UNKNOWN where it has said nothing yet."""

    online: bool | None = None
    cover_open: bool | None = None
    feeding: bool | None = None  # somebody holds the feed button
    ended: bool | None = None  # stopped at the paper's end
    sensor: Level = Level.UNKNOWN  # what the paper sensors see
    cutter_failed: bool | None = None
    stuck: bool | None = None  # a mechanical error that DLE ENQ can end
    broken: bool | None = None  # an error that only power off can end
    hot: bool | None = None  # goes on by itself, as a hot print head does

    def real_time(self, number: int, byte: int) -> "Condition":
        """What DLE EOT `number` (1 to 4) adds."""
        match number:
            case 1:
                return replace(self, online=not byte & 0x08)
            case 2:
                return replace(self, cover_open=bool(byte & 0x04), feeding=bool(byte & 0x08), ended=bool(byte & 0x20))
            case 3:
                stuck, cutter_failed, broken, hot = (bool(byte & bit) for bit in (0x04, 0x08, 0x20, 0x40))
                return replace(self, stuck=stuck, cutter_failed=cutter_failed, broken=broken, hot=hot)
            case _:
                return replace(self, sensor=_level(low=byte & 0x0C, out=byte & 0x60))

    def asb(self, frame: bytes) -> "Condition":
        """What an ASB frame says: everything."""
        first, second, third, _ = frame
        return Condition(
            online=not first & 0x08,
            cover_open=bool(first & 0x20),
            feeding=bool(first & 0x40),
            ended=False,
            stuck=bool(second & 0x04),
            cutter_failed=bool(second & 0x08),
            broken=bool(second & 0x20),
            hot=bool(second & 0x40),
            sensor=_level(low=third & 0x03, out=third & 0x0C),
        )

    @property
    def paper(self) -> Level:
        """Level of the paper roll."""
        return Level.OUT if self.ended else self.sensor

    @property
    def stop(self) -> DeviceError | None:
        """Why the printer cannot print until somebody does something; None if it has named no such reason."""
        if self.broken:
            return DeviceError(Reason.HARDWARE, Action.MAINTENANCE, "unrecoverable error")
        if self.cover_open:
            return DeviceError(Reason.COVER_OPEN, Action.CLEAR)
        if self.paper is Level.OUT:
            return DeviceError(Reason.PAPER_OUT, Action.CLEAR)
        if self.cutter_failed:
            return DeviceError(Reason.CUTTER, Action.CLEAR)
        if self.stuck:
            return DeviceError(Reason.HARDWARE, Action.RESET, "recoverable error")
        return None

    @property
    def recoverable(self) -> bool:
        """Whether DLE ENQ can help: an error, and neither cover nor paper behind it."""
        return bool(self.cutter_failed or self.stuck) and not (self.broken or self.cover_open or self.paper is Level.OUT)

    def status(self, identity: Mapping[str, str]) -> Status:
        """The same in the words of the contract. A printer that is offline and names no reason is OFFLINE, not broken."""
        state, error = self._state()
        cover = {None: Part.UNKNOWN, True: Part.OPEN, False: Part.CLOSED}[self.cover_open]
        cutter = {None: Part.UNKNOWN, True: Part.JAMMED, False: Part.OK}[self.cutter_failed]
        mechanism = {None: Part.UNKNOWN, True: Part.INOPERATIVE, False: Part.OK}[self.broken or self.stuck]
        parts = {"cover": cover, "cutter": cutter, "mechanism": mechanism}
        return Status(state=state, parts=parts, supplies={"upper": self.paper}, identity=identity, error=error)

    def _state(self) -> tuple[DeviceState, DeviceError | None]:
        match self.stop:
            case DeviceError(reason=Reason.COVER_OPEN | Reason.PAPER_OUT) as error:
                return DeviceState.USER_ERROR, error
            case DeviceError() as error:
                return DeviceState.HARDWARE_ERROR, error
        if self.hot or self.feeding:
            return DeviceState.DEVICE_BUSY, None
        if self.online is False:
            return DeviceState.OFFLINE, DeviceError(Reason.HARDWARE, Action.CLEAR, "offline, no reason given")
        return DeviceState.ONLINE, None


def _level(*, low: int, out: int) -> Level:
    if out:
        return Level.OUT
    return Level.LOW if low else Level.FULL
