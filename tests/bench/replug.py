"""At the terminal: every driver of the contract suite, whose device is unplugged and plugged in again. Prints seconds as JSON.

Each has a thread of its own and its devices come back one at a time, because the start of a bench process takes a processor; what is
measured begins when that process says that its device is there, and ends when the driver has told that it is online.
"""

import json
import logging
import random
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from drivers import registry
from drivers.bench.handle import Bench
from drivers.contract import DeviceState, Event, StatusChanged

sys.path.append(str(Path(__file__).parents[1] / "drivers"))
from contract_rows import ROWS, Row

SHORT, LONG = 1.0, 20.0  # s away
AWAY = [SHORT] * 4 + [LONG] * 2
PATIENCE = 40.0  # s
PLUG = threading.Lock()


class Ear:
    """The state that was told last, and when."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self._state = DeviceState.STARTING
        self._at = 0.0

    def __call__(self, event: Event) -> None:
        if isinstance(event, StatusChanged):
            with self._told:
                if (event.status.state is DeviceState.ONLINE) != (self._state is DeviceState.ONLINE):
                    self._at = time.perf_counter()
                self._state = event.status.state
                self._told.notify_all()

    def until(self, *, online: bool) -> float:
        """When it has become online or ceased to be; infinite when it did not in time."""
        with self._told:
            came = self._told.wait_for(lambda: (self._state is DeviceState.ONLINE) is online, PATIENCE)
            return self._at if came else float("inf")


def plugged(board: Bench) -> float:
    """Plug it in; since when it is there."""
    with PLUG:
        board.plug()
        return time.perf_counter()


def measure(row: Row, folder: Path) -> dict[str, object]:
    away = AWAY[:]
    random.shuffle(away)
    seconds: dict[float, list[float]] = {SHORT: [], LONG: []}
    noticed = []
    with Bench(row.model, folder) as board:
        device, ear = registry.load("device", row.driver, {**row.where(board), **row.settings}), Ear()
        device.start(ear)
        try:
            ear.until(online=True)
            for how_long in away:
                began = time.perf_counter()
                board.unplug()
                noticed.append(ear.until(online=False) - began)
                time.sleep(max(0.0, began + how_long - time.perf_counter()))
                there = plugged(board)
                seconds[how_long].append(max(0.0, ear.until(online=True) - there))
        finally:
            device.stop()
    return {"name": row.driver + row.note, "short": seconds[SHORT], "long": seconds[LONG], "noticed": noticed}


def main() -> None:
    logging.disable()  # that each of them is away is known
    rows = [row for row in ROWS if not row.missing() and (not sys.argv[1:] or any(word in row.driver for word in sys.argv[1:]))]
    with tempfile.TemporaryDirectory(prefix="kiosk-replug-") as folder, ThreadPoolExecutor(len(rows)) as pool:
        results = list(pool.map(measure, rows, [Path(folder) / str(number) for number in range(len(rows))]))
    left_out = [[row.driver, row.missing()] for row in ROWS if row.missing()]
    sys.stdout.write(json.dumps({"away": [SHORT, LONG], "results": results, "left_out": left_out}))


main()
