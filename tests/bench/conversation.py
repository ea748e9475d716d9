"""At the terminal: the same conversations with the same bench devices, by the drivers and by nothing but pyserial. Prints times in ms as JSON.

A driver carries out what it is asked while a tape runs; then pyserial alone says exactly the bytes on the tape and reads as many as
came back, in the same order, at the same device. So both take turns, conversation by conversation, and differ in nothing on the wire.
"""

import json
import queue
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import serial
from talks import CONVERSATIONS, ROLE, Conversation, Script

from drivers import registry
from drivers.bench.handle import Bench
from drivers.contract import Answer, Command, DeviceState, Event, Failed, StatusChanged
from drivers.trace import KeepAll, TracedLine
from drivers.transport import SerialSettings

PATIENCE = 30.0  # s: only ever waited for when something is wrong
QUIET = 0.1  # s without a byte: the driver has said all that it says by itself


class Tape:
    """A `drivers.trace.Recorder` in memory: `whole` is all that was said until the last final answer."""

    def __init__(self) -> None:
        self.whole: Script = ()
        self._script: list[tuple[str, bytes]] = []
        self._touched = time.monotonic()

    def open(self, opening, waker, redactor):
        return TracedLine(opening(waker), KeepAll(), self)

    def said(self, kept: bytes, *, taken: int, more: bool) -> None:
        self._add("out", kept)

    def heard(self, kept: bytes) -> None:
        self._add("in", kept)

    def event(self, event: Event) -> None:
        if isinstance(event, Answer) and event.final:
            self.whole = tuple(self._script)

    def random(self, limit: int) -> int:
        return secrets.randbelow(limit)

    def command(self, command: Command) -> None: ...

    def broken(self, error: Exception) -> None: ...

    def close(self) -> None: ...

    def begin(self) -> None:
        """Once the driver is quiet, forget what was said so far."""
        while time.monotonic() - self._touched < QUIET:
            time.sleep(QUIET / 10)
        self._script.clear()

    def _add(self, way: str, data: bytes) -> None:
        self._touched = time.monotonic()
        if way == "in" and self._script and self._script[-1][0] == way:  # how the bytes of an answer arrive in pieces is chance
            data = self._script.pop()[1] + data
        self._script.append((way, data))


class Ear:
    """What the device tells, with the time at which it did."""

    def __init__(self) -> None:
        self._heard: queue.SimpleQueue[tuple[float, Event]] = queue.SimpleQueue()

    def __call__(self, event: Event) -> None:
        self._heard.put((time.perf_counter(), event))

    def until(self, wanted: Callable[[Event], bool]) -> float:
        while True:
            at, event = self._heard.get(timeout=PATIENCE)
            match event:
                case Failed():
                    raise RuntimeError(event)
                case _ if wanted(event):
                    return at

    def online(self) -> None:
        self.until(lambda event: isinstance(event, StatusChanged) and event.status.state is DeviceState.ONLINE)

    def final(self) -> float:
        return self.until(lambda event: isinstance(event, Answer) and event.final)


@contextmanager
def driven(talk: Conversation, board: Bench) -> Iterator[tuple[registry.Hardware, Ear, Tape]]:
    """The driver, online."""
    board.set(**talk.clear)
    ear, tape = Ear(), Tape()
    device = registry.load(ROLE, talk.driver, {"port": talk.where(board), **talk.settings}, recorder=tape)
    device.start(ear)
    try:
        ear.online()
        yield device, ear, tape
    finally:
        device.stop()


def lay(talk: Conversation, board: Bench) -> None:
    board.set(**talk.clear)
    board.set(**talk.lay)


def asked(talk: Conversation, board: Bench) -> tuple[list[tuple[float, float]], list[Script]]:
    """The driver carries out all commands without a pause between them; ms and ms of processor, and what was said."""
    taken, scripts = [], []
    with driven(talk, board) as (device, ear, tape):
        for run in range(talk.each):
            tape.begin()
            lay(talk, board)
            commands = [make(f"{run}") for make in talk.ask]
            used, began = time.process_time(), time.perf_counter()
            for command in commands:
                device.do(command)
            ended = [ear.final() for _ in commands][-1]
            taken.append(((ended - began) * 1000, (time.process_time() - used) * 1000))
            scripts.append(tape.whole)
    return taken, scripts


def asked_later(talk: Conversation, board: Bench) -> list[float]:
    """With what it waits for by itself: for the card to be laid down, or for the answer before it is told the next."""
    taken = []
    with driven(talk, board) as (device, ear, tape):
        for run in range(talk.each):
            tape.begin()
            commands = [make(f"{run}") for make in talk.ask]
            if talk.later == "laid while it waits":
                board.set(**talk.clear)
                device.do(commands[0])
                time.sleep(0.05 + random.uniform(0, 0.02))
                began = time.perf_counter()
                board.set(**talk.lay)
                ended = ear.final()
            else:
                lay(talk, board)
                began = time.perf_counter()
                for command in commands:
                    device.do(command)
                    ended = ear.final()
            taken.append((ended - began) * 1000)
    return taken


def bare(talk: Conversation, board: Bench, scripts: Sequence[Script], silence: float = 0.0) -> list[tuple[float, float]]:
    """The same bytes by pyserial alone."""
    settings = checked(talk, talk.where(board))
    parity = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}[settings.parity]
    taken = []
    with serial.serial_for_url(settings.port, baudrate=settings.baud, parity=parity, rtscts=settings.rts_cts, timeout=PATIENCE) as line:
        for script in scripts:
            lay(talk, board)
            time.sleep(QUIET)
            line.reset_input_buffer()
            used, began = time.process_time(), time.perf_counter()
            play(line, script, silence)
            ended = time.perf_counter()
            taken.append(((ended - began) * 1000, (time.process_time() - used) * 1000))
    return taken


def play(line: serial.Serial, script: Script, silence: float) -> None:
    for way, data in script:
        if way == "out":
            time.sleep(silence)
            line.write(data)
        elif len(line.read(len(data))) != len(data):
            raise RuntimeError("the device did not say as much to pyserial as to the driver")


def measure(talk: Conversation, folder: Path) -> dict[str, object]:
    found: dict[str, list] = {"driver": [], "bare": [], "core": [], "later": [], "sizes": []}
    with Bench(talk.model, folder) as board:
        board.set(**talk.state)
        asked(talk, board)  # the first one fills the caches
        for turn in range(talk.turns):
            driver, scripts = asked(talk, board)
            found["driver"] += driver
            found["bare"] += bare(talk, board, scripts, talk.silence)
            found["sizes"] += [[sum(len(data) for way, data in script if way == wanted) for wanted in ("out", "in")] for script in scripts]
            if talk.core and turn % 2:
                found["core"] += bare(talk, board, [talk.core(script) for script in scripts])
            if talk.later and turn % 2:
                found["later"] += asked_later(talk, board)
        settings = checked(talk, talk.where(board))
    on_tcp = settings.port.startswith("socket://")
    baud, bits = (0, 0) if on_tcp else (settings.baud, 10 + (settings.parity != "none"))
    return {"name": talk.name, "before": talk.before, "waits": talk.later, "aim": talk.aim, "baud": baud, "bits": bits, **found}


def checked(talk: Conversation, port: str) -> SerialSettings:
    """The driver's settings as it has them itself."""
    settings = registry._settings(talk.driver, registry._module(talk.driver).Settings, {"port": port, **talk.settings})
    assert isinstance(settings, SerialSettings)
    return settings


def main() -> None:
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="kiosk-talk-") as folder:
        talks = [talk for talk in CONVERSATIONS if not wanted or any(word in talk.name for word in wanted)]
        results = [measure(talk, Path(folder) / str(number)) for number, talk in enumerate(talks)]
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()
