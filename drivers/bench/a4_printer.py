"""Firmware of an A4 laser printer that speaks IPP (RFC 8010, RFC 8011, IPP Everywhere's trays and supplies), at `/ipp/print`.

The documents land in `DIR/papers/NNN.pdf`, with `NNN.json`: pages, copies, two_sided, color, sheets that came out, how it ended.
Jobs are lost with the power. State besides the common keys (`drivers.bench.state`; a `half_frame` is followed by hanging up):

| key | meaning |
|---|---|
| `media` | `full`, `low` or `out` |
| `media_after_sheets` | the tray is empty after so many more sheets (null: it is not) |
| `cover` | `closed` or `open` |
| `cover_after_sheets` | somebody opens it after so many more sheets (null: nobody does) |
| `jam` | a sheet is stuck; it is printed again once `jam` is cleared |
| `jam_after_sheets` | the next sheet but so many gets stuck (null: none does) |
| `gone_after_sheets` | the plug is pulled after so many more sheets (null: it is not) |
| `toner` | percent left |
| `output` | `ok`, `high` or `full`: sheets in the output tray |
| `speed_ppm` | sheets a minute |
| `severity` | `report`, `warning` or `error`: the suffix of all its reasons (empty: error where a job waits for it, else warning) |
| `refuse` | `format`, `busy`, `closed` or `auth`: what it answers to a document |
| `lost_answers` | it takes so many documents and hangs up without an answer |
| `late_jobs_s` | a job whose answer was lost shows only after so many seconds |
| `hang` | begins each answer and never ends it, without hanging up |
| `abort` | it aborts jobs with this reason (empty: it does not) |
| `panel_cancel` | somebody cancels the job at the printer's panel |
| `forgets` | it forgets a job that has ended at once |
| `tells_sheets` | says how many sheets have come out |
| `tells_toner` | `supply` (PWG), `marker` (CUPS) or nothing |
| `paused` | takes no jobs and prints none |
| `pdf`, `duplex`, `colour` | what it can do |
"""

import time
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from drivers.bench import a4_face, a4_http, faults
from drivers.bench import a4_ipp as ipp
from drivers.bench.a4_engine import Engine, Job
from drivers.bench.a4_ipp import Request, Values
from drivers.bench.network import Listener
from drivers.bench.state import State

DEFAULTS: dict[str, Any] = {
    "media": "full",
    "media_after_sheets": None,
    "cover": "closed",
    "cover_after_sheets": None,
    "jam": False,
    "jam_after_sheets": None,
    "gone_after_sheets": None,
    "toner": 80,
    "output": "ok",
    "speed_ppm": 20,
    "severity": "",
    "refuse": "",
    "lost_answers": 0,
    "late_jobs_s": 0,
    "hang": False,
    "abort": "",
    "panel_cancel": False,
    "forgets": False,
    "tells_sheets": True,
    "tells_toner": "supply",
    "paused": False,
    "pdf": True,
    "duplex": True,
    "colour": False,
}
_PATH = "/ipp/print"
_PRINT_JOB, _CANCEL_JOB, _GET_JOB, _GET_JOBS, _GET_PRINTER = a4_face.OPERATIONS
_OK, _BAD, _NOT_POSSIBLE, _NOT_FOUND, _NO_FORMAT, _UNKNOWN = 0x0000, 0x0400, 0x0404, 0x0406, 0x040A, 0x0501
_REFUSALS = {"format": _NO_FORMAT, "busy": 0x0507, "closed": 0x0506, "auth": 0x0403}
_HELD = 64  # connections kept without an answer
_TICK = 0.01  # s


def serve(listener: Listener, state: State) -> None:
    """Print until unplugged."""
    listener.leave_with_parent()
    printer = Printer(listener, state)
    held: deque[a4_http.Connection] = deque(maxlen=_HELD)
    while True:
        printer.work()
        held = deque((connection for connection in held if not connection.left), maxlen=_HELD)
        if host := listener.accept(_TICK):
            connection = a4_http.Connection(host)
            if printer.attend(connection):
                held.append(connection)
            else:
                connection.close()


class Printer:
    """What the host sees."""

    def __init__(self, listener: Listener, state: State) -> None:
        self._state = state
        self._engine = Engine(state, listener.folder)
        self._uri = "ipp://{}:{}".format(*listener.socket.getsockname()) + _PATH
        self._since = time.monotonic()
        self._last_id = 0

    def work(self) -> None:
        """Go on printing."""
        self._state.now()
        self._engine.work()

    def attend(self, connection: a4_http.Connection) -> bool:
        """Serve one request; whether the host is left waiting."""
        request = connection.request()
        if request is None:
            return False
        values = self._state.now()
        answer = self._http(request)
        if values["silent"]:
            faults.reply(connection, self._state, answer)
            return True
        if values["hang"]:
            connection.write(answer[: len(answer) // 2])
            return True
        if answer:
            faults.reply(connection, self._state, answer)
        return False

    def _http(self, request: a4_http.Request) -> bytes:
        if request.path.split("?")[0] != _PATH:
            return a4_http.answer("404 Not Found", kind="text/plain")
        try:
            asked = ipp.decode(request.body)
        except ipp.BadRequestError:
            return a4_http.answer("200 OK", ipp.encode(_BAD, 0))
        reply = self._ipp(asked)
        return a4_http.answer("200 OK", reply) if reply else b""

    def _ipp(self, asked: Request) -> bytes:
        match asked.operation:
            case operation if operation == _GET_PRINTER:
                told = a4_face.attributes(self._state.now(), self._engine, self._uri, int(time.monotonic() - self._since))
                return _reply(asked, _OK, [(ipp.PRINTER_GROUP, _only(asked, told))])
            case operation if operation == _PRINT_JOB:
                return self._print(asked)
            case operation if operation == _GET_JOBS:
                return self._list(asked)
            case operation if operation in {_CANCEL_JOB, _GET_JOB}:
                return self._about_job(asked)
            case _:
                return _reply(asked, _UNKNOWN)

    def _about_job(self, asked: Request) -> bytes:
        job = next((job for job in self._shown() if job.id == asked.one("job-id")), None)
        if job is None:
            return _reply(asked, _NOT_FOUND)
        if asked.operation == _GET_JOB:
            return _reply(asked, _OK, [(ipp.JOB_GROUP, _only(asked, self._job(job)))])
        if job.ended or job.cancelled:
            return _reply(asked, _NOT_POSSIBLE)
        self._engine.cancel(job)
        return _reply(asked, _OK)

    def _print(self, asked: Request) -> bytes:
        values = self._state.now()
        if (refusal := _REFUSALS.get(values["refuse"])) or not (values["pdf"] and asked.one("document-format") == "application/pdf"):
            return _reply(asked, refusal or _NO_FORMAT)
        self._last_id += 1
        job = Job(
            id=self._last_id,
            name=asked.one("job-name", "untitled"),
            owner=asked.one("requesting-user-name", "anonymous"),
            pdf=asked.document,
            copies=asked.one("copies", 1),
            two_sided=values["duplex"] and asked.one("sides", "one-sided") != "one-sided",
            color=values["colour"] and asked.one("print-color-mode") == "color",
        )
        self._engine.take(job)
        if values["lost_answers"]:
            self._state.set(lost_answers=values["lost_answers"] - 1)
            job.made += values["late_jobs_s"]
            return b""
        return _reply(asked, _OK, [(ipp.JOB_GROUP, self._job(job))])

    def _list(self, asked: Request) -> bytes:
        over = asked.one("which-jobs", "not-completed") == "completed"
        found = [job for job in self._shown() if job.ended == over]
        if over:
            found.reverse()
        groups = [(ipp.JOB_GROUP, _only(asked, self._job(job))) for job in found[: asked.one("limit", len(found))]]
        return _reply(asked, _OK, groups)

    def _shown(self) -> list[Job]:
        return [job for job in self._engine.jobs if job.made <= time.monotonic()]

    def _job(self, job: Job) -> dict[str, Values]:
        told: dict[str, Values] = {
            "job-id": (ipp.INTEGER, [job.id]),
            "job-uri": (ipp.URI, [f"{self._uri}/{job.id}"]),
            "job-name": (ipp.NAME, [job.name]),
            "job-originating-user-name": (ipp.NAME, [job.owner]),
            "job-state": (ipp.ENUM, [job.state]),
            "job-state-reasons": (ipp.KEYWORD, job.reasons),
        }
        if self._state.now()["tells_sheets"]:
            told["job-media-sheets-completed"] = (ipp.INTEGER, [job.done])
        return told


def _reply(asked: Request, status: int, groups: Iterable[tuple[int, Mapping[str, Values]]] = ()) -> bytes:
    return ipp.encode(status, asked.request_id, groups, asked.version)


def _only(asked: Request, told: Mapping[str, Values]) -> dict[str, Values]:
    """What was asked for of it."""
    wanted = asked.attributes.get("requested-attributes", ["all"])
    return {name: value for name, value in told.items() if "all" in wanted or name in wanted}
