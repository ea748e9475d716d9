"""At the terminal: a card is laid on the reader, over and over, until its holder's cases are shown. Prints times in ms as JSON."""

import http.client
import json
import random
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from finger import Finger, Watched, settled

from drivers.bench.cards import person
from drivers.bench.state import State
from drivers.contract import CardFound, CardRead, Event
from kiosk.backend.messages import Replied
from kiosk.screens import Choose
from kiosk.settings import Office
from ui import main as process
from ui.app import application

RUNS = 20
WAY = (("answer:start", "Home"), ("answer:choose:service:look_up", "Choose"), ("answer:choose:card", "Question"), ("answer:yes", "Present"))
WHO = "jia"
POLL = 0.025  # s, about the time between two looks of the driver


def visit(finger: Finger, running: Watched, reader: State) -> dict[str, float]:
    """One citizen with a card: how long each part took after it was laid down."""
    for name, then in WAY:
        finger.touch(name, then)
    finger.rest(0.3 + random.uniform(0, POLL))
    heard: dict[str, float] = {}

    def hear(event: Event) -> None:
        if isinstance(event, CardFound | CardRead | Replied):
            heard[type(event).__name__] = time.perf_counter()

    running.heard = hear
    laid, shown = finger.frame_after(lambda: reader.set(card=WHO), lambda: bool(listed(running)), "the list of cases")
    times = {"found": heard["CardFound"], "read": heard["CardRead"], "answered": heard["Replied"], "shown": shown}
    reader.set(card=None)
    finger.rest(0.3)
    finger.touch("answer:frame-end", "Attract")
    finger.rest(0.3)
    return {name: (at - laid) * 1000 for name, at in times.items()}


def listed(running: Watched) -> int:
    """How many cases are on the screen."""
    view = running.shell.view
    return len(view.screen.options) if view and isinstance(view.screen, Choose) and view.frame.step and running.shell.name == "Choose" else 0


def ask(office: Office) -> float:
    """The same question without the terminal's own client: ms from opening the connection to the last byte of the answer."""
    one = person(WHO)
    body = json.dumps({"number": one.number, "name": one.name}).encode()
    key = Path(office.key_file).read_text(encoding="ascii").strip()
    began = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(office.url).netloc, timeout=10)
    connection.request("POST", "/v1/cases/of-person", body, {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    cases = json.loads(answer.read())
    seconds = time.perf_counter() - began
    connection.close()
    if answer.status != http.client.OK or not cases:
        raise RuntimeError(f"the office answered {answer.status}")
    return seconds * 1000


def main() -> None:
    settings, sentences = settled(sys.argv[1])
    app = application(["kiosk"])
    running = Watched(settings, sentences)
    reader = State(Path(str(settings.devices["id_reader"]["port"])).parent)
    finger = Finger(running)
    finger.ready()
    process._keep_what_started()
    reader.set(card=None)  # whoever was here before may have left one
    finger.rest(0.3)
    visits, office = [], []
    for _ in range(RUNS):
        visits.append(visit(finger, running, reader))
        office.append(ask(settings.terminal.office))
    running.close()
    app.processEvents()
    sys.stdout.write(json.dumps({"visits": visits, "office": office}))


main()
