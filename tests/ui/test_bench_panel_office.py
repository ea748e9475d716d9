"""The bench panel's office: stopped, started, with and without people."""

import socket
from urllib.parse import urlsplit

from bench_hands import Finger, new_stand
from sqlalchemy import func, select

from kiosk.office.tables import counters, tickets


def answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_office_is_stopped_and_started(tmp_path, open_panel):
    with new_stand(tmp_path) as stand:
        finger = open_panel(stand)
        stop_and_start_the_office(stand.settings.terminal.office.url, finger)
        finger.panel.close()


def stop_and_start_the_office(url: str, finger: Finger) -> None:
    finger.touch("office:runs", of="office")
    finger.hears("Office stopped")
    assert not answers(url)
    assert not finger.item("office:five").isEnabled()
    finger.touch("hold:scanner:case", of="scanner")
    finger.hears("Failed", "the office does not run")
    finger.touch("office:runs", of="office")
    finger.hears("Office started")
    assert answers(url)
    assert finger.item("office:five").isEnabled()


def test_counters_and_the_queue(stand, finger):
    def switched_on() -> int:
        with stand.office.database.read() as connection:
            return connection.execute(select(func.count()).where(counters.c.hall == "city", counters.c.switched_on)).scalar_one()

    def waiting() -> int:
        with stand.office.database.read() as connection:
            return connection.execute(select(func.count()).where(tickets.c.state == "waiting")).scalar_one()

    finger.touch("office:off", of="office")
    finger.hears("All counters off")
    assert switched_on() == 0
    finger.touch("office:on")
    finger.hears("All counters on")
    assert switched_on() > 5
    finger.touch("office:five")
    finger.hears("5 tickets taken for social")
    assert waiting() == 5
    finger.touch("office:nobody")
    finger.hears("Nobody waits")
    assert waiting() == 0
