"""An office for tests: real application, real HTTP, a clock one can set, a database copied from a seeded template."""

import shutil
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import requests

from kiosk.office.access import enrol
from kiosk.office.api import create_app
from kiosk.office.hours import LOCAL
from kiosk.office.seed import seed
from kiosk.office.server import serve

SECRET = b"a secret of the office for tests"
KEY = "key-of-the-first-terminal-in-tests-1"
OTHER_KEY = "key-of-a-terminal-in-another-hall-2"
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=LOCAL)
FEW = 60  # of the generated items beside all written ones: every test copies the database


class Clock:
    """The office's clock, set by hand."""

    def __init__(self, now=FRIDAY):
        self.now = now

    def __call__(self):
        return self.now

    def go(self, **delta):
        self.now += timedelta(**delta)


class Caller:
    """A terminal that speaks plain HTTP."""

    def __init__(self, url, key=KEY):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Connection"] = "close"  # as a terminal: the office ends one that was idle for 5 s, and a busy machine idles
        if key:
            self.session.headers["Authorization"] = f"Bearer {key}"

    def __call__(self, method, path, body=None, **more):
        return self.session.request(method, self.url + path, json=body, timeout=20, **more)

    def ticket(self, nonce, service="business"):
        return self("POST", "/v1/tickets", {"nonce": nonce, "service": service, "language": "zh-CN"})

    def by_number(self, number, tail):
        return self("POST", "/v1/cases/by-number", {"number": number, "phone_tail": tail})

    def of_person(self, number, name):
        return self("POST", "/v1/cases/of-person", {"number": number, "name": name})


def make_template(folder: Path) -> Path:
    """A seeded SQLite database with two terminals, to be copied."""
    path = folder / "template.db"
    fill(f"sqlite:///{path}")
    return path


def fill(url: str) -> None:
    app = open_app(url, Clock())
    seed(app.state.office, generated=FEW)
    enrol(app.state.office.database, "t1", "city", KEY)
    enrol(app.state.office.database, "t2", "baiyang", OTHER_KEY)
    app.state.office.database.close()


def open_app(database: Path | str, clock):
    """The application over a database by URL, or SQLite's by path."""
    url = database if "://" in str(database) else f"sqlite:///{database}"
    return create_app(url, clock, secret=SECRET, public_url="https://office.invalid/")


@contextmanager
def running_office(template: Path, folder: Path, clock):
    """An office on a copy of the template."""
    path = folder / "office.db"
    shutil.copy(template, path)
    with office_on(f"sqlite:///{path}", clock) as opened:
        yield opened


@contextmanager
def office_on(url: str, clock):
    """An office on this database."""
    app = open_app(url, clock)
    before = set(threading.enumerate())
    serving = serve(app)
    try:
        yield serving, app
    finally:
        serving.stop()
        left = [t for t in threading.enumerate() if t not in before]
        assert not left, left


def nonce(n):
    return f"nonce-{n:016d}"


def logged_requests(caplog, *awaited):
    """Method, route and status of each logged request, once the awaited are among them: a line is written after its answer is sent."""
    end = time.monotonic() + 20
    while True:
        lines = [one.getMessage().rsplit(" ", 2)[0] for one in list(caplog.records) if one.name == "kiosk.office.access"]
        if set(awaited) <= set(lines):
            return lines
        assert time.monotonic() < end, lines
        threading.Event().wait(0.01)
