"""The conversation with an ESC/POS printer: asking for status and identity, marking the end of a job, clearing buffers.

DLE EOT, DLE ENQ and DLE DC4 act on arrival, whatever the printer does; they may only stand between two commands. GS I, GS r and
GS ( H are answered when the printer gets to them, so only while it is online (Epson ESC/POS reference).
DLE EOT 20 is for kiosk printers only; see `drivers.printers.escpos_status`.
"""

import time
from collections.abc import Callable

from drivers.contract import DeviceState, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.printers.escpos_layout import Charset
from drivers.printers.escpos_settings import Settings
from drivers.printers.escpos_status import IDENTITY, RESPONSE, Asb, Condition, Data, Full, Processed, RealTime, Replies, Reply
from drivers.printers.escpos_stock import Stock

ASB_ON = b"\x1da\x0e"  # online, error, paper; ESC @ switches it off
_MAKER = 66
_IDENTITY = {"model": 67, "serial": 68, "firmware": 65}
_LANGUAGE = 69
_CLEAR = bytes.fromhex("10140801031401060208")  # DLE DC4 function 8 (Epson dle_dc4_fn8; Citizen PPU-700 p. 127)
_CLEARED = b"\x25"
_RECOVER = b"\x10\x05\x02"
_FULL = b"\x10\x04\x14"
_TRIES = 3
_MISSES = 3  # of one DLE EOT, before it counts as not known to the printer
_ASKED = 2  # GS r at the end of a job: its answer is one byte, and a byte of noise must not pass for it
_BITS = 10
_LAST = 0.05  # s that an adapter keeps the last bytes
_MARKS = 10_000


class Talk:
    """What is known of the printer since the line was opened. Times are in seconds."""

    def __init__(self, settings: Settings, stock: Stock) -> None:
        self.condition = Condition()
        self.identity: dict[str, str] = {}
        self.introduced = False
        self.confirms = False  # knows GS ( H function 48
        self.marked = False  # the answer to the last mark has come
        self.backlog = b""  # of a command: what the printer has not taken yet
        self.at_risk = 0  # bytes of the longest command that may have been cut short
        self.looked = 0.0  # when the whole status was asked last
        self._stock = stock
        self._configured = Charset(settings.charset)
        self._byte_time = _BITS / settings.baud
        self._wait = settings.answer_ms / 1000
        self._presents = settings.presents
        self._replies = Replies(kiosk=settings.presents)
        self._clears = True
        self._misses = dict.fromkeys((2, 3, 4), 0)
        self._full_misses = 0
        self._marks = 0
        self._unanswered = 0  # GS r sent and not answered
        self._needed = 0  # answers that the last mark still wants
        self._line_free = 0.0

    @property
    def state(self) -> DeviceState:
        """The printer's state in the words of the contract."""
        return self.condition.state

    def status(self, link: Link) -> Status:
        """The printer in the words of the contract."""
        supplies = self._stock.levels(link, self.condition.paper)
        return self.condition.status(self.identity, supplies, presents=self._presents)

    def tell(self, link: Link) -> None:
        """Report the status."""
        link.report(self.status(link))

    @property
    def charset(self) -> Charset:
        """The ROM's character set: the printer's word, else the configured one."""
        return Charset(self.identity.get("charset", self._configured))

    @property
    def line_free(self) -> float:
        """When the last byte will have gone over the line (`time.monotonic()`)."""
        return max(self._line_free, time.monotonic())

    def begin(self, link: Link) -> None:
        """A line just opened: nothing from before holds, and a command that was cut short is ended."""
        link.drain()
        self._replies.clear()
        self._marks = link.random(_MARKS)  # a late answer to a mark from before must not fit
        self.condition, self.identity = Condition(), {}
        self.introduced = self.confirms = False
        self.backlog, self._unanswered, self._clears = b"", 0, True
        self._misses, self._full_misses = dict.fromkeys(self._misses, 0), 0
        if self.at_risk and not self.clear(link):
            self.send(link, bytes(self.at_risk))  # fills up an image or a QR code; elsewhere NUL is nothing
            self.at_risk = 0

    def introduce(self, link: Link) -> None:
        """Ask the printer who it is and what it can; it must be online."""
        self.send(link, ASB_ON)
        identity = {"maker": self._identify(link, _MAKER)}
        if identity["maker"]:  # a printer that does not say this says none of the others
            identity |= {name: self._identify(link, number) for name, number in _IDENTITY.items()}
        language = self._identify(link, _LANGUAGE)
        known = next((charset for charset in reversed(Charset) if charset in language.lower()), None)
        # Where it is not known, a printer may take the end of the command for text: ESC @ takes that back.
        self.confirms = self._ask(link, self._mark() + b"\x1b@" + ASB_ON, self._is_mark) is not None
        self.identity = {name: text for name, text in identity.items() if text}
        self.identity["charset"] = (known or self._configured).value
        self.identity["charset_from"] = "printer" if known else "settings"
        self.identity["confirms"] = "printed" if self.confirms else "processed"
        self.introduced = True

    def look(self, link: Link) -> None:
        """Ask for the whole status and, if it is online, once who it is; raises `DeviceError` (SILENT)."""
        self.observe(link)
        if not self.introduced and self.state is DeviceState.ONLINE:
            self.introduce(link)
        self.looked = time.monotonic()

    def observe(self, link: Link) -> None:
        """Ask for the whole status; raises `DeviceError` (SILENT) when the printer answers nothing."""
        for _ in range(_TRIES):
            if self._real_time(link, 1):
                break
            self._replies.clear()
        else:
            raise DeviceError(Reason.SILENT, Action.CLEAR, f"no answer to DLE EOT in {_TRIES} tries")
        for number, misses in self._misses.items():
            if misses < _MISSES:
                self._misses[number] = 0 if self._real_time(link, number) else misses + 1
        self._reconsider(link)
        self.exit(link)

    def exit(self, link: Link) -> bool | None:
        """Ask whether a paper is at the exit; None when the printer does not say, or hands nothing out."""
        if not self._presents or self._full_misses >= _MISSES:
            return None
        heard = self._ask(link, _FULL, lambda reply: isinstance(reply, Full)) is not None
        self._full_misses = 0 if heard else self._full_misses + 1
        return self.condition.presented if heard else None

    def glance(self, link: Link) -> bool:
        """Ask for the status while the printer is at work; whether it answered."""
        heard = self._real_time(link, 1) and all(
            self._real_time(link, number) for number, misses in self._misses.items() if misses < _MISSES
        )
        self._reconsider(link)
        return heard

    def take(self, data: bytes) -> list[Reply]:
        """Understand what has come."""
        replies = self._replies.feed(data)
        for reply in replies:
            match reply:
                case Asb(frame=frame):
                    self.condition = self.condition.asb(frame)
                case Full(frame=frame):
                    self.condition = self.condition.full(frame)
                case Processed():
                    self._unanswered, self._needed = max(0, self._unanswered - 1), max(0, self._needed - 1)
                    self.marked = self.marked or not (self.confirms or self._needed)
                case _:
                    self.marked = self.marked or (self.confirms and self._is_mark(reply))
        return replies

    def send(self, link: Link, data: bytes) -> None:
        """Send a short command; raises `DeviceError` (SILENT) when the line takes nothing."""
        link.send(data)
        self._line_free = self.line_free + len(data) * self._byte_time

    def let_go(self, link: Link) -> None:
        """Before the line is closed, which forgets what is still in it: let the last bytes leave."""
        link.pause(self.line_free - time.monotonic() + _LAST)

    def flush(self, link: Link, seconds: float) -> bool:
        """Send what is left of the backlog; whether there is none now."""
        end = time.monotonic() + seconds
        while self.backlog:
            taken = link.send_some(self.backlog, max(0.0, end - time.monotonic()))
            self.backlog = self.backlog[taken:]
            self._line_free = self.line_free + taken * self._byte_time
            if not taken and time.monotonic() >= end:
                return False
        return True

    def mark(self, link: Link) -> None:
        """Ask the printer to answer when it has printed (or else processed) what was sent so far; `marked` tells that it has."""
        self.marked = False
        if self.confirms:
            self.send(link, self._mark())
        else:
            self._needed = _ASKED
            self._unanswered += _ASKED
            self.send(link, b"\x1dr\x01" * _ASKED)

    def settle(self, link: Link, seconds: float) -> None:
        """Let late answers to GS r of a job cut short come, so that they are not taken for those of the next."""
        end = time.monotonic() + seconds
        while self._unanswered and (left := end - time.monotonic()) > 0:
            self.take(link.receive(left))
        self._unanswered = 0

    def clear(self, link: Link, longest: float = 60.0) -> bool:
        """Empty the printer's buffers, so that a job given up is not printed later; whether the printer said so in time."""
        wait = min(longest, self._wait) if self._clears else 0.0
        cleared = self._ask(link, _CLEAR, lambda reply: reply == Data(RESPONSE, _CLEARED), wait) is not None
        if cleared:
            self._unanswered = self.at_risk = 0
        self._clears = cleared
        return cleared

    def recover(self, link: Link) -> None:
        """End a recoverable error and empty the buffers."""
        self.send(link, _RECOVER)

    def _reconsider(self, link: Link) -> None:
        """A printer that was put right between two of the questions seems to be offline for no reason: ask whether it still is."""
        if self.state is DeviceState.OFFLINE:
            self._real_time(link, 1)

    def _identify(self, link: Link, number: int) -> str:
        reply = self._ask(link, b"\x1dI" + bytes([number]), lambda reply: isinstance(reply, Data) and reply.header == IDENTITY)
        return reply.text.decode("ascii", "replace") if isinstance(reply, Data) else ""

    def _real_time(self, link: Link, number: int) -> bool:
        reply = self._ask(link, b"\x10\x04" + bytes([number]), lambda reply: isinstance(reply, RealTime))
        if isinstance(reply, RealTime):
            self.condition = self.condition.real_time(number, reply.byte)
        return reply is not None

    def _ask(self, link: Link, question: bytes, fits: Callable[[Reply], bool], wait: float | None = None) -> Reply | None:
        self.take(link.drain())
        self.send(link, question)
        end = self._line_free + (self._wait if wait is None else wait)
        for piece in link.arriving(end - time.monotonic()):
            for reply in self.take(piece):
                if fits(reply):
                    return reply
        return None

    def _mark(self) -> bytes:
        self._marks = (self._marks + 1) % _MARKS
        return b"\x1d(H\x06\x0000" + f"{self._marks:04}".encode()

    def _is_mark(self, reply: Reply) -> bool:
        return reply == Data(RESPONSE, b"\x22" + f"{self._marks:04}".encode())
