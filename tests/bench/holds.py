"""How many booking slots the office holds a second with 50 terminals at once, and that none is given twice, on either database."""

import threading
import time
from collections import Counter
from datetime import datetime

import offices
from figures import SPREAD, spread, table
from stage import Stage

from kiosk.backend.messages import Person
from kiosk.backend.messages.bookings import HoldSlot
from kiosk.office.access import Terminal, enrol
from kiosk.office.api import create_app
from kiosk.office.bookings.days import booking_days
from kiosk.office.bookings.holding import hold_slot
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.seed import seed

TERMINALS, EACH = 50, 8
ITEM, HALL = "social-enrol", "city"
NOW = datetime(2026, 11, 20, 10, 5, tzinfo=LOCAL)


def measure(stage: Stage) -> None:
    with offices.databases(stage, "booking") as found:
        rows = [[f"{name}, {TERMINALS} terminals", *_measure(url)] for name, url in found.items()]
    table("Holding booking slots", ["", "held", "slot_taken", "over", "per second", *SPREAD], rows)


def _measure(url: str) -> list[str]:
    app = create_app(url, lambda: NOW, secret=b"a secret of the bench", public_url="http://office.invalid")
    office = app.state.office
    try:
        seed(office, generated=0)
        enrol(office.database, "bench", HALL, "k" * 32)
        free = _free(office)
        came, seconds, took = _at_once(office, [start for start, places in free.items() for _ in range(places)])
        over = came[True] - (sum(free.values()) - sum(_free(office).values()))
        return [str(came[True]), str(came["slot_taken"]), str(over), f"{TERMINALS * EACH / seconds:.0f}", *spread(took)]
    finally:
        office.database.close()


def _free(office: Office) -> dict[datetime, int]:
    return {slot.start: slot.free for day in booking_days(office, ITEM, HALL) for slot in day.slots}


def _at_once(office: Office, places: list[datetime]) -> tuple["Counter[bool | str]", float, list[float]]:
    """Each terminal holds slots for one person after the other; more are asked for than there are places."""
    gate, came, took = threading.Barrier(TERMINALS + 1), Counter[bool | str](), list[float]()

    def run(terminal: int) -> None:
        gate.wait()
        for n in range(terminal * EACH, (terminal + 1) * EACH):
            wish = HoldSlot(
                nonce=f"bench-{n:016d}",
                item=ITEM,
                hall=HALL,
                start=places[n * 7 % len(places)],
                person=Person(number=f"9999991990010{n:04d}X", name="测试"),
            )
            began = time.perf_counter()
            try:
                said: bool | str = hold_slot(office, Terminal("bench", HALL), wish)[1]
            except ProblemError as error:
                said = str(error.code)
            took.append((time.perf_counter() - began) * 1000)
            came[said] += 1

    threads = [threading.Thread(target=run, args=(n,)) for n in range(TERMINALS)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return came, time.perf_counter() - began, took
