"""Sensors and status bytes of the bench receipt printer. Bits: Epson ESC/POS reference, DLE EOT and GS a."""

from drivers.bench.state import State

_FIXED_REAL_TIME, _FIXED_ASB = 0x12, 0x10


class Panel:
    """What the printer's sensors say, read from the state file."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._cutter_failed = False

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
        return "cutter" if self._cutter_failed else ""

    @property
    def online(self) -> bool:
        """Whether it prints."""
        values = self._state.now()
        return not (self.trouble or values["hot"] or values["feeding"])

    def real_time(self, number: int) -> bytes:
        """Answer to DLE EOT."""
        values = self._state.now()
        cover, out = values["cover"] == "open", values["paper"] == "out"
        failing = self._cutter_failed or values["hot"] or values["broken"]
        match number:
            case 1:
                bits = 0x08 * (not self.online)
            case 2:
                bits = 0x04 * cover | 0x08 * bool(values["feeding"]) | 0x20 * out | 0x40 * bool(failing)
            case 3:
                bits = self._errors()
            case 4:
                bits = 0x0C * (values["paper"] != "full") | 0x60 * out
            case _:
                return b""
        return bytes([_FIXED_REAL_TIME | bits])

    def asb(self) -> bytes:
        """The four bytes of an automatic status."""
        values = self._state.now()
        first = 0x08 * (not self.online) | 0x20 * (values["cover"] == "open") | 0x40 * bool(values["feeding"])
        third = 0x03 * (values["paper"] != "full") | 0x0C * (values["paper"] == "out")
        return bytes([_FIXED_ASB | first, self._errors(), third, 0x00])

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
