"""How many numbers a second the office gives to fifty terminals that ask at once, on either database; none double, none skipped."""

import json
import secrets
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection

import offices
from figures import median, p99, table
from stage import Stage

TERMINALS, EACH = 50, 30
QUEUES = ("business", "social", "property", "tax", "fund", "residence", "project", "help")  # with a letter each
FIRST_KEPT, KEPT = 801, 199
PATIENCE = 60.0  # s


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run: seconds in all, milliseconds of each answer."""

    seconds: float
    answers: Sequence[float]

    @property
    def rate(self) -> float:
        """Numbers a second."""
        return len(self.answers) / self.seconds


def measure(stage: Stage) -> None:
    keys = [secrets.token_hex(32) for _ in range(TERMINALS)]
    runs: dict[str, Run] = {}
    with offices.databases(stage, "numbers") as found:
        for name, database in found.items():
            _run(stage, runs, name, database, keys)
        if "PostgreSQL" in found:
            _run(stage, runs, "PostgreSQL, two processes", found["PostgreSQL"], keys, processes=2)
    base = runs["SQLite, one queue"].rate
    rows = [
        [
            name,
            f"{run.rate:.0f}/s",
            f"{median(run.answers):.0f} ms",
            f"{p99(run.answers):.0f} ms",
            str(len(run.answers)),
            f"{run.rate / base:.2f}",
        ]
        for name, run in runs.items()
    ]
    head = ["", "numbers", "median", "p99", "n", "to the first"]
    table(f"Numbers given to {TERMINALS} terminals at once, none double, none skipped", head, rows)


def _run(stage: Stage, runs: dict[str, Run], name: str, database: str, keys: Sequence[str], *, processes: int = 1) -> None:
    offices.fill(database, keys)
    with ExitStack() as running:
        urls = [running.enter_context(offices.office(stage, database)).removeprefix("http://") for _ in range(processes)]
        for about, queues in ((f"{name}, one queue", QUEUES[:1]), (f"{name}, {len(QUEUES)} queues", QUEUES)):
            runs[about] = _take(urls, keys, queues)


def _take(hosts: Sequence[str], keys: Sequence[str], queues: Sequence[str]) -> Run:
    """All terminals begin together; each takes its next number as soon as it has the last."""
    gate = threading.Barrier(len(keys) + 1)
    taken: list[tuple[str, float]] = []
    threads = [
        threading.Thread(target=_terminal, args=(hosts[index % len(hosts)], key, queues, index, gate, taken))
        for index, key in enumerate(keys)
    ]
    for thread in threads:
        thread.start()
    gate.wait(PATIENCE)
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    _check([number for number, _ in taken], len(keys) * EACH)
    return Run(seconds, [milliseconds for _, milliseconds in taken])


def _terminal(host: str, key: str, queues: Sequence[str], index: int, gate: threading.Barrier, taken: list[tuple[str, float]]) -> None:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Connection": "close"}
    gate.wait(PATIENCE)
    for turn in range(EACH):
        body = {"nonce": secrets.token_hex(16), "service": queues[(index + turn) % len(queues)], "language": "zh-CN"}
        began = time.perf_counter()
        connection = HTTPConnection(host, timeout=PATIENCE)  # one for each request, as terminals do
        connection.request("POST", "/v1/tickets", json.dumps(body), headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        connection.close()
        taken.append(
            (said["number"] if answer.status in {200, 201} else f"{answer.status} {said.get('code')}", (time.perf_counter() - began) * 1000)
        )


def _check(numbers: Sequence[str], expected: int) -> None:
    """Every queue's numbers follow each other without a gap but for those that terminals keep: RuntimeError otherwise."""
    refused = {number for number in numbers if not number[0].isalpha()}
    if refused:
        raise RuntimeError(f"refused: {sorted(refused)}")
    by_prefix: dict[str, list[int]] = {}
    for number in numbers:
        count = int(number[1:])
        by_prefix.setdefault(number[0], []).append(count if count < FIRST_KEPT else count - KEPT)
    gaps = [prefix for prefix, given in by_prefix.items() if sorted(given) != list(range(min(given), min(given) + len(given)))]
    if len(numbers) != expected or gaps:
        raise RuntimeError(f"{len(numbers)} numbers of {expected}; double or skipped in {gaps}")
