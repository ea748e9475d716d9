"""A clerk's browser at a window, and readers of the live news."""

import json
import threading
from contextlib import contextmanager

import requests
from office_help import nonce
from sqlalchemy import select

from kiosk.office.tables import ticket_periods

PINS = {"1001": "135790", "1002": "246801", "1003": "357912", "1018": "468023", "2001": "579134", "3001": "680245"}
FROM_PAGE = {"X-Requested-With": "desk"}


class Desk:
    """What a desk's page does, over HTTP."""

    def __init__(self, url, clerk="1001", counter="1", hall="city"):
        self.url = f"{url}/desk/api"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(FROM_PAGE, Connection="close")  # one that was idle for 5 s is ended by the office
        self.who = {"hall": hall, "clerk": clerk, "pin": PINS[clerk], "counter": counter}

    def __call__(self, act, **body):
        return self.session.post(f"{self.url}/{act}", json=body or None, timeout=20)

    def __enter__(self):
        assert self("sign-in", **self.who).status_code == 200
        return self

    def __exit__(self, *_):
        self.session.close()

    def does(self, act, **body):
        """The state after the act, which is not refused."""
        answer = self(act, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, act, **body):
        """The code of the refusal."""
        answer = self(act, **body)
        assert answer.status_code == 409, answer.text
        return answer.json()["code"]

    def state(self):
        answer = self.session.get(f"{self.url}/state", timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def serves(self, *, finish=True):
        """Call the next one and serve them; their number."""
        number = self.does("call-next")["current"]["ticket"]["number"]
        self.does("start")
        if finish:
            self.does("finish")
        return number


def take(call, n, service="business", **more):
    """A ticket that was given."""
    answer = call("POST", "/v1/tickets", {"nonce": nonce(n), "service": service, "language": "zh-CN", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def number(state):
    """The number of the ticket at the window; None without one."""
    return state["current"] and state["current"]["ticket"]["number"]


def spans(office, ticket):
    """The periods of a ticket: state, what became of it, window and clerk."""
    columns = (ticket_periods.c.state, ticket_periods.c.became, ticket_periods.c.counter, ticket_periods.c.clerk)
    with office.database.read() as connection:
        query = select(*columns).where(ticket_periods.c.ticket == ticket["id"]).order_by(ticket_periods.c.id)
        return [tuple(row) for row in connection.execute(query)]


def position(call, ticket):
    answer = call("POST", "/v1/tickets/position", {"token": ticket["follow"].rpartition("/")[2]})
    assert answer.status_code == 200, answer.text
    return answer.json()


class Reader:
    """Reads server-sent events as they come."""

    def __init__(self, response):
        self._lines = response.iter_lines(chunk_size=1, decode_unicode=True)
        self.id = ""

    def next(self, kind="state"):
        """The data of the next event of this kind; everything else is passed over. None at the end."""
        event, data = "", ""
        for line in self._lines:
            if line:
                name, _, value = line.partition(": ")
                event = value if name == "event" else event
                data = value if name == "data" else data
                self.id = value if name == "id" else self.id
            elif event == kind:
                return json.loads(data)
            else:
                event = ""
        return None

    def until(self, good):
        """The first state that is as wanted."""
        while (state := self.next()) is not None:
            if good(state):
                return state
        raise AssertionError("the stream ended")


@contextmanager
def events(url, path, session=None, last=None):
    """A reader of a stream."""
    headers = {"Last-Event-ID": last} if last else {}
    own = session or requests.Session()
    with own.get(f"{url}{path}", stream=True, timeout=20, headers=headers) as response:
        assert response.status_code == 200, response.text
        assert response.headers["Content-Type"].startswith("text/event-stream")
        response.encoding = "utf-8"
        yield Reader(response)
    if session is None:
        own.close()


def at_once(*jobs):
    """The results of the jobs, which start together."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(index):
        gate.wait(20)
        results[index] = jobs[index]()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
