"""The world around a terminal on the stand, for QML: cards, codes, paper, plugs and the office.

All that is done or looked at happens in one thread of its own, in order; the GUI thread only hears of it.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot

from drivers.bench.catalogue import Entry
from drivers.bench.people import PEOPLE
from drivers.contract import Status
from ui import bench_papers
from ui.bench_sight import Sight
from ui.stand import Stand

LOOK_MS: Final = 300
QUEUE: Final = "social"  # the service whose queue grows
NEIGHBOURS: Final = 5
CASE: Final = ("990000000001", "0016")  # number and last digits of the phone: `kiosk/office/seed_data/cases.toml`
BAD_CODES: Final[Mapping[str, tuple[str, str | bytes]]] = {
    "web": ("Web address", "https://lucheng.example/x"),
    "long": ("10,000 characters", "7" * 10_000),
    "binary": ("Binary", bytes(range(128, 256))),
    "forged": ("Forged slip", "LCZC1:' OR 1=1; --"),
}

Statuses = Callable[[], Mapping[str, Status]]


class ImpossibleError(Exception):
    """What was asked for cannot be done now; the message says why."""


class World(QObject):
    """What the panel shows (`now`, `seen`, `said`) and what its buttons do. Its answers come later, as changes of these."""

    nowChanged = Signal()  # noqa: N815 - Qt's way of naming signals
    seenChanged = Signal()  # noqa: N815
    saidChanged = Signal()  # noqa: N815
    _looked = Signal(object)
    _done = Signal(str, str)

    def __init__(self, stand: Stand, sight: Sight, statuses: Statuses | None) -> None:
        super().__init__()
        self._stand, self._sight, self._statuses = stand, sight, statuses
        self._waiting: list[str] = []
        self._looking = False
        self._now = sight.world()
        self._seen: dict[str, str] = {}
        self._said: dict[str, Any] = {"text": "", "error": False, "busy": ""}
        self._looked.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="bench-panel")
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._look()

    def close(self) -> None:
        """Finish what has been begun, forget what has not."""
        self._timer.stop()
        self._thread.shutdown(cancel_futures=True)

    # -- for QML ---------------------------------------------------------------------------------------------------------------

    @Property(list, constant=True)
    def people(self) -> list[dict[str, str]]:
        """Everybody with a card, as `key`, `name` and `about`."""
        return [{"key": one.key, "name": one.name, "about": f"{one.key}, born {one.born.year}"} for one in PEOPLE]

    @Property(list, constant=True)
    def codes(self) -> list[dict[str, str]]:
        """Codes that are none of ours, as `key` and `label`."""
        return [{"key": key, "label": label} for key, (label, _) in BAD_CODES.items()]

    @Property(str, constant=True)
    def case(self) -> str:
        """What one types to look up the case whose slip can be held to the scanner."""
        return f"{CASE[0]}, phone {CASE[1]}"

    @Property(dict, notify=nowChanged)
    def now(self) -> dict[str, Any]:
        """See `Sight.world`."""
        return self._now

    @property
    def seen_now(self) -> dict[str, str]:
        """The same as `seen`, for Python."""
        return self._seen

    @Property(dict, notify=seenChanged)
    def seen(self) -> dict[str, str]:
        """How the terminal sees each role; empty where it cannot be asked."""
        return self._seen

    @Property(dict, notify=saidChanged)
    def said(self) -> dict[str, Any]:
        """`text`: what was done last, or what went wrong (`error`); `busy`: what is being done."""
        return self._said

    @Property(list, constant=True)
    def devices(self) -> list[dict[str, Any]]:
        """Every device: `role`, `title`, `card` (key of whose card is there, or ""), `reads` codes, `controls` as name, label, toggle."""
        return [_entry(role, entry) for role, entry in self._stand.entries.items()]

    @Slot(str, str)
    def lay(self, role: str, key: str) -> None:
        """Lay this person's card on the reader, or take it away if it lies there or `key` is empty."""
        slot = self._stand.entries[role].card
        lies = key in ("", self._now["devices"][role].get(slot))
        change = {slot: None if lies else key}
        self._do(f"{role}: card taken away" if lies else f"{role}: card of {key}", partial(self._stand.devices[role].set, **change))

    @Slot(str, str)
    def press(self, role: str, name: str) -> None:
        """Press the control of this name."""
        (control,) = (control for control in self._stand.entries[role].controls if control.name == name)
        device = self._stand.devices[role]
        self._do(f"{role}: {control.label}", lambda: device.set(**control.change(device.get())))

    @Slot(str, bool)
    def plug(self, role: str, put_in: bool) -> None:  # noqa: FBT001 - as Qt calls it
        """Start the process of the device, or kill it."""
        device = self._stand.devices[role]
        self._do(f"{role} {'plugged in' if put_in else 'unplugged'}", device.plug if put_in else device.unplug)

    @Slot(str, str)
    def scan(self, role: str, text: str) -> None:
        """Hold a code that says this in front of the scanner."""
        self._do("Code scanned", lambda: self._stand.devices[role].scan(text))

    @Slot(str, str)
    def hold(self, role: str, which: str) -> None:
        """Hold one of `codes`, the code of the newest paper (`last`) or of a case's slip (`case`) in front of the scanner."""
        makers: dict[str, Callable[[], str | bytes]] = {"last": self._last_code, "case": self._case_code}
        make = makers.get(which) or (lambda: BAD_CODES[which][1])
        self._do(f"Code scanned ({which})", lambda: self._stand.devices[role].scan(make()))

    @Slot(str)
    def office(self, deed: str) -> None:
        """`start`, `stop`, `on` and `off` (all counters), `five` (people take a ticket), `nobody` (waits)."""
        stand = self._stand
        deeds: dict[str, tuple[str, Callable[[], object]]] = {
            "start": ("Office started", self._open_office),
            "stop": ("Office stopped", self._close_office),
            "on": ("All counters on", partial(stand.all_counters, on=True)),
            "off": ("All counters off", partial(stand.all_counters, on=False)),
            "five": (f"{NEIGHBOURS} tickets taken for {QUEUE}", partial(stand.neighbours_take, QUEUE, NEIGHBOURS)),
            "nobody": ("Nobody waits any more", stand.nobody_waits),
        }
        self._do(*deeds[deed])

    @Slot(int)
    def leaf(self, step: int) -> None:
        """Show the paper before (-1) or after (1)."""
        if self._sight.pile is not None:
            self._do("", partial(self._sight.pile.leaf, step))

    @Slot()
    def tear(self) -> None:
        """Tear the newest paper off."""
        if self._sight.pile is not None:
            self._do("Paper torn off", self._sight.pile.tear)

    # -- in the GUI thread -----------------------------------------------------------------------------------------------------

    def _do(self, what: str, job: Callable[[], object]) -> None:
        self._waiting.append(what)
        self._say(busy=what)
        self._thread.submit(self._carry_out, what, job)

    def _look(self) -> None:
        if self._statuses is not None:
            seen = {role: plainly(status) for role, status in self._statuses().items()}
            if seen != self._seen:
                self._seen = seen
                self.seenChanged.emit()
        if not self._looking:
            self._looking = True
            self._thread.submit(self._carry_out, "", lambda: None)

    @Slot(object)
    def _take(self, now: dict[str, Any]) -> None:
        self._looking = False
        if now != self._now:
            self._now = now
            self.nowChanged.emit()

    @Slot(str, str)
    def _tell(self, what: str, error: str) -> None:
        if what in self._waiting:
            self._waiting.remove(what)
        busy = self._waiting[0] if self._waiting else ""
        if error:
            self._say(text=f"Failed: {what or 'looking'}: {error}", error=True, busy=busy)
        elif what:
            self._say(text=what, error=False, busy=busy)
        else:
            self._say(busy=busy)

    def _say(self, **changes: str | bool) -> None:
        said = self._said | changes
        if said != self._said:
            self._said = said
            self.saidChanged.emit()

    # -- in the panel's own thread ---------------------------------------------------------------------------------------------

    def _carry_out(self, what: str, job: Callable[[], object]) -> None:
        """Do it and look what has become of the world."""
        error = _attempt(job)
        error = error or _attempt(self._sight.draw)
        error = error or _attempt(lambda: self._looked.emit(self._sight.world()))
        self._done.emit(what, error)

    def _open_office(self) -> None:
        self._stand.open_office()
        self._sight.office_runs = True

    def _close_office(self) -> None:
        self._stand.close_office()
        self._sight.office_runs = False

    def _last_code(self) -> bytes:
        code = bench_papers.newest_code(self._sight.pile.folder) if self._sight.pile is not None else None
        if code is None:
            raise ImpossibleError("no paper with a QR code has been printed yet")
        return code

    def _case_code(self) -> str:
        if not self._sight.office_runs:
            raise ImpossibleError("the office does not run")
        return self._stand.slip_code(CASE[0])


def _attempt(job: Callable[[], object]) -> str:
    """What went wrong, or nothing."""
    try:
        job()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the developer reads it in the panel and goes on
        return str(fault) or type(fault).__name__
    return ""


def plainly(status: Status) -> str:
    """A status in the words of the standard, for whoever plays the world."""
    parts = [f"{name} {value}" for name, value in (*status.parts.items(), *status.supplies.items())]
    return ", ".join([str(status.state), *parts, *([str(status.error.reason)] if status.error else [])])


def _entry(role: str, entry: Entry) -> dict[str, Any]:
    controls = [{"name": one.name, "label": one.label, "toggle": one.off is not None} for one in entry.controls]
    return {"role": role, "title": entry.title, "card": entry.card, "reads": entry.reads, "controls": controls}
