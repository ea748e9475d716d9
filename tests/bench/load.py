"""What goes on beside the touches: tickets are printed, cards are read, a camera's frames are looked through for codes."""

import queue
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import segno
import zxingcpp
from finger import Watched

from drivers.bench.state import State
from drivers.contract import Answer, Command, Event, Paper, Print, ReadCard

WIDTH, HEIGHT, PER_SECOND = 1280, 720, 30
MODULE = 6  # px
CODE = "LCZC1:synthetic"
PATIENCE = 30.0  # s


class Load:
    """Goes on between `with` and its end; counts what was done."""

    def __init__(self, running: Watched, paper: Paper) -> None:
        self.done = {"frames": 0, "tickets": 0, "cards": 0}
        self._running, self._paper = running, paper
        self._answers: dict[str, queue.SimpleQueue[Answer]] = {}
        reader = Path(str(running.settings.devices["id_reader"]["port"])).parent
        self._reader = State(reader)
        self._pictures = (frame(""), frame(CODE))
        self._over = threading.Event()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._watch, self._print, self._read)]

    def __enter__(self) -> Self:
        self._running.heard = self._hear
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Answer) and event.final and (waiting := self._answers.pop(event.id, None)):
            waiting.put(event)

    def _do(self, command: Command) -> None:
        answer = self._answers[command.id] = queue.SimpleQueue()
        self._running.terminal._devices[command.role].do(command)
        answer.get(timeout=PATIENCE)

    def _print(self) -> None:
        while not self._over.is_set():
            self._do(Print(role="receipt_printer", id=f"load-ticket-{self.done['tickets']}", paper=self._paper))
            self.done["tickets"] += 1

    def _read(self) -> None:
        while not self._over.is_set():
            self._reader.set(card="jia")
            self._do(ReadCard(role="id_reader", id=f"load-card-{self.done['cards']}"))
            self._reader.set(card=None)
            self.done["cards"] += 1
            self._over.wait(0.05)

    def _watch(self) -> None:
        following = time.monotonic()
        while not self._over.wait(max(0.0, following - time.monotonic())):
            following += 1 / PER_SECOND
            number = self.done["frames"] % 2
            found = [code.text for code in zxingcpp.read_barcodes(self._pictures[number], formats=zxingcpp.BarcodeFormat.QRCode)]
            if found != [CODE] * number:
                raise RuntimeError(f"the camera saw {found}")
            self.done["frames"] += 1


def frame(code: str) -> memoryview:
    """A grey picture with some texture, and a QR code in it."""
    picture = bytearray(bytes((x * y >> 7) & 0x3F | 0x80 for y in range(HEIGHT) for x in range(WIDTH)))
    if code:
        for row, line in enumerate(segno.make(code).matrix_iter(scale=MODULE, border=4)):
            begin = (200 + row) * WIDTH + 500
            picture[begin : begin + len(line)] = bytes(0 if dark else 255 for dark in line)
    return memoryview(bytes(picture)).cast("B", (HEIGHT, WIDTH))
