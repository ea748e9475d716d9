"""Bytes from an ESC/POS printer become replies, and replies a status. Pure; never raises, whatever arrives.

Bit maps: DLE EOT 1-4 and GS r of the Epson ESC/POS reference (download4.epson.biz), GS a frames of the TM-T88III manual p. 143.
The first byte tells four kinds of reply apart: real-time 0xx1xx10, ASB 0xx1xx00 and three more bytes, GS r 0xx0xxxx, and
blocks from one of five headers to a NUL.

Kiosk printers have a fifth kind, the full status of DLE EOT 20: 10 0F and four bytes (CUSTOM KPM150 and KPM300 command
references, office.manualsonline.com KPM210 p. 36; PyramidTechnologies/escpos realtime_status.rst). An ASB frame that begins so
would say that the printer is online and that its cutter has failed, which no printer says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from drivers.contract import DeviceState, Level, Part, Status
from drivers.errors import Action, DeviceError, Reason

IDENTITY, RESPONSE = 0x5F, 0x37  # headers of the blocks that answer GS I and GS ( H or DLE DC4
_BLOCK_HEADERS = frozenset({0x35, RESPONSE, 0x3B, 0x3D, IDENTITY})
_BLOCK_LIMIT = 128  # bytes; the longest known block has 80 characters
_ASB_SIZE, _FULL_SIZE = 4, 6
_FULL_HEADER = b"\x10\x0f"
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


@dataclass(frozen=True, slots=True)
class Full:
    """The full status of a kiosk printer: paper, user, recoverable and unrecoverable errors, a byte each."""

    frame: bytes


Reply = RealTime | Asb | Processed | Data | Full


class Replies:
    """Cuts a stream of bytes into replies. Holds at most one unfinished reply; what fits nothing is skipped."""

    def __init__(self, *, kiosk: bool = False) -> None:
        """With `kiosk`, the printer is one that knows DLE EOT 20."""
        self._pending = bytearray()
        self._kiosk = kiosk

    @property
    def unfinished(self) -> int:
        """Bytes of the reply that is not whole yet."""
        return len(self._pending)

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
        if reply := self._complete(byte):
            self._pending.clear()
            yield reply

    def _complete(self, byte: int) -> Reply | None:
        first = self._pending[0]
        if first in _BLOCK_HEADERS:
            return Data(first, bytes(self._pending[1:-1])) if byte == 0 else None
        if self._full:
            return Full(bytes(self._pending[2:])) if len(self._pending) == _FULL_SIZE else None
        return Asb(bytes(self._pending)) if len(self._pending) == _ASB_SIZE else None

    @property
    def _full(self) -> bool:
        return self._kiosk and self._pending.startswith(_FULL_HEADER)

    def _continues(self, byte: int) -> bool:
        if self._pending[0] in _BLOCK_HEADERS:
            return byte == 0 or (byte >= ord(" ") and len(self._pending) < _BLOCK_LIMIT)
        return self._full or byte & _PLAIN_MASK == 0

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
    presented: bool | None = None  # a paper is at the exit
    jammed: bool | None = None  # paper is stuck in what hands it out
    left: DeviceError | None = None  # why a paper that waits at the exit cannot be taken back

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
        """What an ASB frame says: everything but what is at the exit."""
        first, second, third, _ = frame
        return replace(
            self,
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

    def full(self, frame: bytes) -> "Condition":
        """What a full status adds to what DLE EOT 1 to 4 say: the presenter."""
        paper, _, recoverable, _ = frame
        presented = bool(paper & 0x20)
        return replace(self, presented=presented, jammed=bool(recoverable & 0x40), left=self.left if presented else None)

    @property
    def paper(self) -> Level:
        """Level of the paper roll."""
        return Level.OUT if self.ended else self.sensor

    @property
    def stop(self) -> DeviceError | None:
        """Why the printer cannot print until somebody does something; None if it has named no such reason."""
        troubles = (
            (self.broken, Reason.HARDWARE, Action.MAINTENANCE, "unrecoverable error"),
            (self.cover_open, Reason.COVER_OPEN, Action.CLEAR, ""),
            (self.paper is Level.OUT, Reason.PAPER_OUT, Action.CLEAR, ""),
            (self.cutter_failed, Reason.CUTTER, Action.CLEAR, ""),
            (self.stuck, Reason.HARDWARE, Action.RESET, "recoverable error"),
            (self.jammed, Reason.PAPER_JAMMED, Action.CLEAR, "presenter"),
        )
        return next((DeviceError(reason, action, detail) for there, reason, action, detail in troubles if there), self.left)

    @property
    def recoverable(self) -> bool:
        """Whether DLE ENQ can help: an error, and neither cover nor paper behind it."""
        return bool(self.cutter_failed or self.stuck) and not (self.broken or self.cover_open or self.paper is Level.OUT)

    @property
    def state(self) -> DeviceState:
        """The state in the words of the contract."""
        return self._state()[0]

    def parts(self, *, presents: bool) -> dict[str, Part]:
        """The parts in the words of the contract; with `presents`, also what hands the paper out."""
        cover = {None: Part.UNKNOWN, True: Part.OPEN, False: Part.CLOSED}[self.cover_open]
        cutter = {None: Part.UNKNOWN, True: Part.JAMMED, False: Part.OK}[self.cutter_failed]
        mechanism = {None: Part.UNKNOWN, True: Part.INOPERATIVE, False: Part.OK}[self.broken or self.stuck]
        parts = {"cover": cover, "cutter": cutter, "mechanism": mechanism}
        presenter = {None: Part.UNKNOWN, True: Part.PRESENT, False: Part.NOT_PRESENT}[self.presented]
        return {**parts, "presenter": Part.JAMMED if self.jammed else presenter} if presents else parts

    def status(self, identity: Mapping[str, str], supplies: Mapping[str, Level] | None = None, *, presents: bool = False) -> Status:
        """The same in the words of the contract. A printer that is offline and names no reason is OFFLINE, not broken."""
        state, error = self._state()
        supplies = {"upper": self.paper} if supplies is None else supplies
        return Status(state=state, parts=self.parts(presents=presents), supplies=supplies, identity=identity, error=error)

    def _state(self) -> tuple[DeviceState, DeviceError | None]:
        match self.stop:
            case DeviceError(reason=Reason.COVER_OPEN | Reason.PAPER_OUT | Reason.BIN_FULL) as error:
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
