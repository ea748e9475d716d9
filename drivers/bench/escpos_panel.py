"""Sensors and status bytes of the bench receipt printer.

Bits: Epson ESC/POS reference, DLE EOT and GS a; DLE EOT 20 and the ejector's byte of CUSTOM's KPM150 and KPM210 manuals.
"""

from drivers.bench.state import State

_FIXED_REAL_TIME, _FIXED_ASB = 0x12, 0x10


class Panel:
    """What the printer's sensors say, read from the state file."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._cutter_failed = False
        self._stuck = False

    @property
    def trouble(self) -> str:
        """What keeps it from printing until somebody acts."""
        values = self._state.now()
        if values["cover"] == "open":
            return "coverOpen"
        if values["paper"] == "out":
            return "paperOut"
        if values["broken"]:
            return "broken"
        return "cutter" if self._cutter_failed else "presenter" if self.stuck else ""

    @property
    def stuck(self) -> bool:
        """Whether a paper that was to be taken back is jammed."""
        self._stuck = self._stuck and bool(self._state.now()["exit"])
        return self._stuck

    @property
    def online(self) -> bool:
        """Whether it prints."""
        values = self._state.now()
        return not (self.trouble or values["hot"] or values["feeding"])

    def real_time(self, number: int) -> bytes:
        """Answer to DLE EOT."""
        values = self._state.now()
        cover, out = values["cover"] == "open", values["paper"] == "out"
        failing = self._cutter_failed or values["hot"] or values["broken"] or self.stuck
        match number:
            case 1:
                bits = 0x08 * (not self.online)
            case 2:
                bits = 0x04 * cover | 0x08 * bool(values["feeding"]) | 0x20 * out | 0x40 * bool(failing)
            case 3:
                bits = self._errors()
            case 4:
                bits = 0x0C * (values["paper"] != "full") | 0x60 * out
            case 20 if values["presenter"]:
                return self._full()
            case _:
                return b""
        return bytes([_FIXED_REAL_TIME | bits])

    def asb(self) -> bytes:
        """The four bytes of an automatic status."""
        values = self._state.now()
        first = 0x08 * (not self.online) | 0x20 * (values["cover"] == "open") | 0x40 * bool(values["feeding"])
        third = 0x03 * (values["paper"] != "full") | 0x0C * (values["paper"] == "out")
        return bytes([_FIXED_ASB | first, self._errors(), third, 0x00])

    def _full(self) -> bytes:
        """The answer to DLE EOT 20."""
        values = self._state.now()
        paper = 0x01 * (values["paper"] == "out") | 0x04 * (values["paper"] != "full") | 0x20 * bool(values["exit"])
        user = 0x02 * (values["cover"] == "open") | 0x20 * bool(values["feeding"])
        recoverable = 0x01 * bool(values["hot"]) | 0x40 * self.stuck
        unrecoverable = 0x01 * self._cutter_failed | 0x04 * bool(values["broken"])
        return bytes([0x10, 0x0F, paper, user, recoverable, unrecoverable])

    def ejector(self) -> bytes:
        """The answer to GS e 6."""
        values = self._state.now()
        out = values["paper"] == "out"
        return bytes([0x01 * (values["paper"] != "full") | 0x04 * (not out) | 0x08 * bool(values["exit"]) | 0xC0 * self.stuck])

    def present(self) -> None:
        """A paper is pushed out."""
        self._state.set(exit=True)

    def push_out(self) -> None:
        """The paper at the exit is pushed out by the next one."""
        if self._state.now()["presenter"] and self._state.now()["exit"]:
            self._state.set(exit=False, pushed_out=self._state.now()["pushed_out"] + 1)

    def eject(self) -> None:
        """The paper at the exit falls out."""
        self._state.set(exit=False)

    def retract(self) -> None:
        """The paper at the exit is taken back, if it does not jam."""
        values = self._state.now()
        self._stuck = values["jam"] == "presenter"
        self._state.set(exit=self._stuck, bin=values["bin"] + (not self._stuck))

    def _errors(self) -> int:
        """The bits that DLE EOT 3 and the second byte of ASB have in common."""
        values = self._state.now()
        return 0x08 * self._cutter_failed | 0x20 * bool(values["broken"]) | 0x40 * bool(values["hot"])

    def count_row(self) -> None:
        """A row was printed: the roll may be at its end, or somebody opens the cover just now."""
        values = self._state.now()
        for key, change in (("paper_after_lines", {"paper": "out"}), ("cover_after_lines", {"cover": "open"})):
            if (left := values[key]) is not None:
                self._state.set(**({key: left - 1} if left > 1 else {key: None, **change}))

    def cut(self) -> bool:
        """Cut; whether the cutter is jammed."""
        self._cutter_failed = self._state.now()["jam"] == "cutter"
        return self._cutter_failed

    def recover(self) -> bool:
        """Try the cutter again (DLE ENQ); whether there was an error to recover from and it is over."""
        if not self._cutter_failed:
            return False
        self._cutter_failed = self._state.now()["jam"] == "cutter"
        return not self._cutter_failed
