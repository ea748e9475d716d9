"""News between processes over one SQLite file."""

import queue
import socket

from kiosk.office.live.local import LocalRelay


def test_a_neighbour_that_crashed_is_forgotten_and_one_that_ended_leaves_nothing(tmp_path):
    heard = queue.SimpleQueue()
    one, two = (LocalRelay(tmp_path / "office.db", heard.put) for _ in range(2))
    folder = tmp_path / "office.db-live"
    one.tell("city")  # nobody is there yet
    one.start()
    two.start()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as crashed:
        crashed.bind(str(folder / "crashed"))
    (folder / "nonsense").write_text("no socket")
    two.tell("city")
    assert heard.get(timeout=20) == "city"
    assert not (folder / "crashed").exists()
    for relay_ in (one, two, two):
        relay_.stop()
    assert [one.name for one in folder.iterdir() if one.is_socket()] == []
    assert heard.empty()


def test_where_no_socket_can_be_the_office_goes_on_without(tmp_path, caplog):
    far = tmp_path / ("d" * 200)
    far.mkdir()
    relay_ = LocalRelay(far / "office.db", print)
    relay_.start()
    relay_.tell("city")
    relay_.stop()
    assert "no live news from other processes" in caplog.text
