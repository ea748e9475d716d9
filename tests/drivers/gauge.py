"""A made-up device with a made-up protocol, for the tests of recordings: asks for a level, and takes words between < and >."""

from drivers.contract import Capabilities, DeviceState, Level, Printed, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.recordings.recording import Header, Record, Recording, Trouble
from drivers.runner import Driver

ONLINE = DeviceState.ONLINE
LEVELS = {b"f": Level.FULL, b"l": Level.LOW, b"o": Level.OUT}


class NoWords:
    """Leaves nothing of the words but how many bytes they have."""

    def __init__(self):
        self._words = {"out": False, "in": False}

    def feed(self, direction, data):
        kept = bytearray()
        for byte in data:
            if byte == ord("<"):
                self._words[direction] = True
            elif byte == ord(">"):
                self._words[direction] = False
            kept.append(byte if not self._words[direction] or byte == ord("<") else ord("x"))
        return bytes(kept)


class Gauge(Driver):
    """Asks `?` every so often and tells the level; prints `<words>` and waits for `!`."""

    capabilities = Capabilities(commands=("Print",), supplies=("upper",))

    def __init__(self, every=0.05, redactor=NoWords):
        self.every = every
        self.make_redactor = redactor
        self.drawn = []

    def connect(self, link):
        link.drain()
        self.drawn.append(link.random(1000))
        return self._status(link)

    def handle(self, link, command):
        words = "".join(block.text for block in command.paper.blocks)
        link.send(f"<{words}>".encode())
        while link.listen(3) != b"!":
            pass
        return Printed(role=link.role, id=command.id)

    def idle(self, link):
        if data := link.listen(self.every):
            link.report(self._read(data))
        else:
            link.report(self._status(link))

    def redactor(self):
        return self.make_redactor()

    def _status(self, link):
        link.send(b"?")
        if data := link.receive(0.5):
            return self._read(data)
        raise DeviceError(Reason.SILENT, Action.CLEAR)

    def _read(self, data):
        return Status(state=ONLINE, supplies={"upper": LEVELS[data[-1:]]})


def recording(*records, continued=False):
    """A recording of the gauge made by hand."""
    header = Header(format=1, driver="made.up", role="device", settings={}, capabilities={}, began="2026-01-01T00:00:00+08:00", continued=continued)
    return Recording(header, records)


def said(t, out, **more):
    return Record(t=t, out=out.hex(), **more)


def heard(t, data):
    return Record(t=t, inward=data.hex())


def opened(t):
    return Record(t=t, open="bytes")


def told(t, level=None, state="online"):
    """A status that was told."""
    status = {"state": state, "parts": {}, "supplies": {"upper": level or "unknown"}, "identity": {}, "error": None}
    return Record(t=t, event={"type": "StatusChanged", "role": "device", "status": status, "changed": []})


def gone(t, **what):
    return Record(t=t, **{name: Trouble(Reason.UNPLUGGED, Action.CLEAR) for name in what})


def levels(events):
    return [event.status.supplies["upper"] for event in events if hasattr(event, "status")]
