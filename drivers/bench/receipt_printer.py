"""Firmware of an ESC/POS receipt printer, as far as a terminal can see it. Each paper lands in `DIR/papers/NNN.json` and `.bin`.

State besides the common keys (`drivers.bench.state`):

| key | meaning |
|---|---|
| `paper` | `full`, `low` or `out` |
| `paper_after_lines` | the roll ends after so many more rows (null: it does not) |
| `cover` | `closed` or `open` |
| `cover_after_lines` | somebody opens the cover after so many more rows (null: nobody does) |
| `jam` | `cutter`: the next cut fails; the error stays until `jam` is cleared and the host recovers (DLE ENQ) |
| | `presenter`: a paper that is to be taken back jams, until somebody pulls it out (`exit` false) |
| `broken` | an error that only power off ends |
| `hot` | the print head is too hot: it waits by itself |
| `feeding` | somebody holds the feed button |
| `charset` | `GB2312` or `GB18030`: the ROM, and what GS I 69 says |
| `fn48` | answers GS ( H function 48 when the data before it is printed |
| `gs_r` | answers GS r |
| `asb` | sends status by itself once GS a has asked for it |
| `real_time` | answers DLE EOT |
| `clears` | knows DLE DC4 function 8 (clear buffers) |
| `identify` | answers GS I |
| `presenter` | knows GS e and DLE EOT 20: papers are handed out by an ejector, and can be taken back into a bin |
| `exit` | a paper is at the exit; whoever takes it sets false |
| `bin` | papers taken back |
| `pushed_out` | papers that the next one has pushed out of the exit onto the floor |
| `between` | an automatic status (GS a), though nothing changed, goes out in front of each answer to DLE EOT |
| `babble` | bytes that it sends over and over without being asked, in hexadecimal |
| `echo` | the cable leads every byte back to the host |
| `columns` | 48 (80 mm paper) or 32 (58 mm) |
| `speed_mm_s` | paper speed |
| `buffer` | size of the receive buffer in bytes; when it is full the printer takes no more (DTR) |
"""

import time
from pathlib import Path
from typing import Any, NoReturn, Protocol

from drivers.bench import escpos_sheet, faults
from drivers.bench.escpos_interpreter import Interpreter, Step
from drivers.bench.escpos_panel import Panel
from drivers.bench.faults import Way
from drivers.bench.state import State
from drivers.bench.wire import Wire

DEFAULTS: dict[str, Any] = {
    "paper": "full",
    "paper_after_lines": None,
    "cover": "closed",
    "cover_after_lines": None,
    "jam": "",
    "broken": False,
    "hot": False,
    "feeding": False,
    "charset": "GB2312",
    "fn48": True,
    "gs_r": True,
    "asb": True,
    "real_time": True,
    "clears": True,
    "identify": True,
    "presenter": False,
    "exit": False,
    "bin": 0,
    "pushed_out": 0,
    "between": False,
    "babble": "",
    "echo": False,
    "columns": 48,
    "speed_mm_s": 150,
    "buffer": 4096,
}
IDENTITY = {65: b"1.07", 66: b"LUCHENG", 67: b"TP-80 BENCH", 68: b"9999990001"}  # made up
_DOTS_PER_MM = 8
_STEP_MM = 7  # of the ejector
_CLEAR = bytes.fromhex("10140801031401060208")


def run(wire: Wire, state: State) -> None:
    """Print until unplugged."""
    live(wire, state, wire.port.parent)


class Host(Way, Protocol):
    """Where the bytes come from: a pty or a connection."""

    def read(self, seconds: float) -> bytes:
        """What the host sent; empty after `seconds` without a byte."""

    def rest(self) -> None:
        """Do nothing until the host sends or somebody changes the state, or for a short while."""


def live(host: Host, state: State, folder: Path) -> NoReturn:
    """Print until the process ends; papers go into `folder/papers`."""
    printer = Printer(host, state, folder)
    while True:
        if printer.idle:
            host.rest()
        printer.receive(host.read(0.002) if printer.room else _doze(host))
        printer.look()
        printer.work()


def _doze(host: Host) -> bytes:
    host.wait(0.002)
    return b""


class Printer:
    """Buffer, mechanism and status. `look` sees what people do to it, `work` prints what can be printed now."""

    def __init__(self, wire: Way, state: State, folder: Path) -> None:
        self._wire = wire
        self._state = state
        self._panel = Panel(state)
        values = state.now()
        self._interpreter = Interpreter(columns=values["columns"], charset=values["charset"])
        self._buffer = bytearray()
        self._tail = b""  # of what came before: a real-time command may arrive in pieces
        self._free_at = 0.0  # when the paper stands still
        self._asb = False
        self._shown = b""
        self._inside = False  # a paper is cut off and not yet handed out
        self._starved = True  # the buffer's head is not yet a whole command
        self._papers = Papers(folder / "papers")

    @property
    def room(self) -> bool:
        """Whether the receive buffer takes more: when full only the rest of a long command, which is printed as it comes."""
        return self._starved or len(self._buffer) < int(self._state.now()["buffer"])

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way through it, so that it has nothing to do until something happens."""
        return not self._buffer and time.monotonic() >= self._free_at and not self._state.now()["babble"]

    def receive(self, data: bytes) -> None:
        """Real-time commands act on arrival, wherever they stand; all bytes go into the buffer."""
        if self._state.now()["echo"]:
            self._wire.write(data)
        for byte in data:
            self._buffer.append(byte)
            self._tail = (self._tail + bytes([byte]))[-len(_CLEAR) :]
            if self._tail[-3:-1] == b"\x10\x04" and self._state.now()["real_time"]:
                self._answer(self._panel.asb() if self._state.now()["between"] else b"")
                self._answer(self._panel.real_time(byte))
            elif self._tail[-3:-1] == b"\x10\x05" and byte in (1, 2):
                self._recover(clear=byte == 2)  # noqa: PLR2004 - DLE ENQ 2 clears the buffers
            elif self._tail == _CLEAR and self._state.now()["clears"]:
                self._clear()
                self._answer(b"\x37\x25\x00")

    def look(self) -> None:
        """Tell the host when the status has changed, if it has asked for that; a paper half printed is spoiled by what happens."""
        values = self._state.now()
        self._interpreter.columns, self._interpreter.charset = values["columns"], values["charset"]
        if values["paper"] == "out" and self._interpreter.sheet.rows:
            self._tear("paperOut")
        elif trouble := self._panel.trouble:
            self._spoil(trouble)
        if values["babble"]:
            self._wire.write(bytes.fromhex(values["babble"]))
        frame = self._panel.asb()
        if self._asb and frame != self._shown:
            self._shown = frame
            self._answer(frame)

    def work(self) -> None:
        """Carry out what the buffer holds, as fast as the paper moves."""
        self._starved = False
        while self._panel.online and time.monotonic() >= self._free_at:
            step = self._interpreter.step(bytes(self._buffer))
            self._starved = step is None
            if step is None:
                return
            del self._buffer[: len(step.taken)]
            self._papers.keep(step.taken)
            self._carry_out(step)

    def _carry_out(self, step: Step) -> None:
        if step.moved:
            self._panel.push_out()
            self._free_at = time.monotonic() + step.moved / _DOTS_PER_MM / self._state.now()["speed_mm_s"]
            self._panel.count_row()
            self._papers.save(self._interpreter.sheet)
        if step.query:
            self._query(step.query)
        if step.query[:2] == b"\x1de" and self._state.now()["presenter"]:
            self._hand_out(step.query)
        if step.taken == b"\x1b@":
            self._asb = False
        if step.cut and not self._panel.cut():
            self._interpreter.sheet.cut = True
            self._next_paper()

    def _query(self, query: bytes) -> None:
        values = self._state.now()
        match query[:2]:
            case b"\x1da" if values["asb"]:
                self._asb, self._shown = bool(query[2] & 0x0E), self._panel.asb()
                self._answer(self._shown if self._asb else b"")
            case b"\x1dr" if values["gs_r"]:
                self._answer(bytes([{"full": 0x00, "low": 0x03, "out": 0x0C}[values["paper"]] if query[2] in b"\x011" else 0]))
            case b"\x1dI" if values["identify"]:
                self._answer(self._identity(query[2]))
            case b"\x1d(" if values["fn48"] and query[5:7] == b"00":
                self._answer(b"\x37\x22" + query[7:11] + b"\x00")

    def _hand_out(self, query: bytes) -> None:
        """GS e: what the ejector does. It cuts first, if the paper is not cut yet."""
        if query[2] != 6 and self._interpreter.sheet.rows and not self._panel.cut():  # noqa: PLR2004 - function 6 only asks
            self._interpreter.sheet.cut = True
            self._next_paper()
        match query[2]:
            case 2 if self._inside or self._state.now()["exit"]:
                self._panel.retract()
            case 3 | 32 if self._inside:
                self._free_at = time.monotonic() + query[3] * _STEP_MM / self._state.now()["speed_mm_s"]
                self._panel.present()
            case 5:
                self._panel.eject()
            case 6:
                self._answer(self._panel.ejector())
        self._inside = self._inside and query[2] == 6  # noqa: PLR2004 - the same

    def _identity(self, number: int) -> bytes:
        match number:
            case 1 | 49:
                return b"\x20"
            case 2 | 50:
                return b"\x03"  # two-byte characters, cutter
            case 3 | 51:
                return b"\x01"
            case 69:
                return b"\x5fCHINA " + str(self._state.now()["charset"]).encode() + b"\x00"
            case _ if number in IDENTITY:
                return b"\x5f" + IDENTITY[number] + b"\x00"
            case _:
                return b""

    def _recover(self, *, clear: bool) -> None:
        if self._panel.recover() and clear:
            self._clear()

    def _clear(self) -> None:
        self._spoil("cleared")
        self._buffer.clear()
        self._interpreter.reset()

    def _spoil(self, reason: str) -> None:
        sheet = self._interpreter.sheet
        if sheet.rows and not sheet.spoiled:
            sheet.spoiled = reason
            self._papers.save(sheet)

    def _tear(self, reason: str) -> None:
        self._spoil(reason)
        self._next_paper()

    def _next_paper(self) -> None:
        self._inside = bool(self._interpreter.sheet.rows) and self._interpreter.sheet.cut
        self._papers.finish(self._interpreter.sheet)
        self._interpreter.new_sheet()

    def _answer(self, answer: bytes) -> None:
        if answer:
            faults.reply(self._wire, self._state, answer)


class Papers:
    """The files of the papers. One is there from its first row on, so that a pulled plug leaves what was printed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._bytes = bytearray()
        self._number = 1 + max((int(path.stem) for path in folder.glob("[0-9]*.json")), default=0)

    def keep(self, taken: bytes) -> None:
        """These bytes belong to the present paper."""
        self._bytes += taken

    def save(self, sheet: escpos_sheet.Sheet) -> None:
        """Write the paper as it is now."""
        name = self._folder / f"{self._number:03}"
        name.with_suffix(".bin").write_bytes(self._bytes)
        fresh = name.with_suffix(".new")
        fresh.write_bytes(escpos_sheet.to_json(sheet))
        fresh.replace(name.with_suffix(".json"))

    def finish(self, sheet: escpos_sheet.Sheet) -> None:
        """The paper is off; an empty one leaves no file."""
        if sheet.rows:
            self.save(sheet)
            self._number += 1
        self._bytes.clear()
