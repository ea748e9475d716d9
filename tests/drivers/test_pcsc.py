"""Social security cards in a PC/SC reader: the real daemon, the card on the bench."""

import subprocess
import sys
from pathlib import Path

import pytest

from drivers.bench import pcsc_daemon
from drivers.bench.people import PEOPLE
from drivers.bench.social_card import DAEMON_SOCKET, READER
from drivers.contract import (
    Cancel,
    CardFound,
    CardRemoved,
    CheckHealth,
    DeviceState,
    HealthChecked,
    HealthLevel,
    MediaDetected,
    Part,
    PersonAsked,
    Position,
    ReadCard,
    Reset,
    SocialCardRead,
)
from drivers.errors import Action, Reason

ONLINE, POWER_OFF, BROKEN = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR
JIA, YI = PEOPLE[:2]

pytestmark = pytest.mark.skipif(pcsc_daemon.missing() != "", reason=pcsc_daemon.missing())


@pytest.fixture
def board(bench):
    return bench("social_card")


@pytest.fixture
def reader(board, device, ear):
    """The driver, on line; `begin` starts it with other settings."""

    def begin(**settings):
        made = device("readers.pcsc", **{"reader": READER, "socket": str(board.folder / DAEMON_SOCKET), "poll_ms": 20, **settings})
        made.start(ear)
        ear.until(lambda: ear.events, "a first status")
        return made

    return begin


def read(one, command_id="r"):
    one.do(ReadCard(role="device", id=command_id))


def part(one, name):
    return one.status.parts[name]


def test_a_card_is_found_read_and_leaves(board, reader, ear, caplog):
    one = reader()
    read(one)
    board.set(card="jia")
    found = ear.answer("r")
    assert isinstance(found, SocialCardRead)
    assert (found.card.id_number, found.card.name) == (JIA.number, JIA.name)
    assert ear.first(CardFound).id == "r"
    assert (part(one, "card"), part(one, "chip")) == (Part.PRESENT, Part.OK)
    board.set(card=None)
    ear.first(CardRemoved)
    ear.until(lambda: part(one, "card") is Part.NOT_PRESENT, "the part")
    assert one.counters == {"goodReadCount": 1, "insertionCount": 1}
    for fact in (JIA.number, JIA.name, found.card.number):
        assert fact not in caplog.text
        assert fact not in str(ear.events)


def test_a_card_inside_at_the_start_is_told_and_can_be_read(board, reader, ear):
    board.set(card="jia")
    one = reader()
    ear.until(lambda: part(one, "card") is Part.PRESENT, "the card")
    one.do(Reset(role="device", id="reset"))
    ear.answer("reset")
    assert ear.first(MediaDetected).position is Position.CHIP
    read(one)
    assert ear.answer("r").card.id_number == JIA.number


def test_a_forgotten_card_is_not_read_for_the_next_person(board, reader, ear):
    one = reader()
    board.set(card="jia")
    read(one, "first")
    ear.answer("first")
    read(one, "next")
    board.set(card=None)
    ear.first(CardRemoved)
    board.set(card="yi")
    assert ear.answer("next").card.id_number == YI.number


def test_a_card_that_was_swapped_quickly_counts_as_another(board, reader, ear):
    one = reader()
    board.set(card="jia")
    read(one, "first")
    ear.answer("first")
    board.set(card="yi")
    read(one, "second")
    assert ear.answer("second").card.id_number == YI.number
    assert ear.first(CardRemoved)
    assert one.counters["insertionCount"] == 2


@pytest.mark.parametrize("after", [1, 3, 7])
def test_card_pulled_while_it_is_read(board, reader, ear, after):
    one = reader()
    board.set(card="jia", leaves_after=after)
    read(one)
    assert ear.answer("r").error.reason is Reason.CARD_MOVED
    assert one.counters["failedReadCount"] == 1
    board.set(leaves_after=0, card="yi")
    read(one, "again")
    assert ear.answer("again").card.id_number == YI.number
    assert set(ear.states()) == {ONLINE}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"unknown_card": True}, Reason.CARD_REFUSED),
        ({"chip": "mute"}, Reason.CARD_UNREADABLE),
        ({"garbage": "instead"}, Reason.CARD_REFUSED),
        ({"half_frame": 1}, Reason.CARD_UNREADABLE),
        ({"records": {"07": "ff" * 9}}, Reason.CARD_UNREADABLE),
        ({"records": {"08": "39" * 18}}, Reason.CARD_INVALID),
    ],
    ids=str,
)
def test_cards_that_cannot_be_read(board, reader, ear, changed, reason):
    one = reader()
    board.set(card="jia", **changed)
    read(one)
    assert ear.answer("r").error.reason is reason
    board.set(card=None)
    ear.until(lambda: part(one, "card") is Part.NOT_PRESENT, "its leaving")
    assert set(ear.states()) == {ONLINE}


def test_a_mute_chip_is_told_as_a_part(board, reader, ear):
    one = reader()
    board.set(card="jia", chip="mute")
    read(one)
    ear.answer("r")
    assert part(one, "chip") is Part.INOPERATIVE
    assert part(one, "reader") is Part.OK


def test_a_slow_card_can_be_cancelled(board, reader, ear):
    one = reader()
    board.set(card="jia", late_ms=200)
    read(one)
    ear.first(CardFound)
    one.do(Cancel(role="device", id="c", of="r"))
    assert ear.answer("r").error.reason is Reason.CANCELED
    assert "failedReadCount" not in one.counters


def test_a_card_that_takes_too_long_is_given_up(board, reader, ear):
    one = reader(read_ms=500)
    board.set(card="jia", late_ms=150)
    read(one)
    assert ear.answer("r").error.reason is Reason.TIMEOUT


HOLDER = """
import os, sys
os.environ["PCSCLITE_CSOCK_NAME"] = sys.argv[1]
from smartcard import scard
context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)[1]
code = scard.SCardConnect(context, sys.argv[2], scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1)[0]
print(code, flush=True)
sys.stdin.read()
"""


def test_another_program_holds_the_card(board, reader, ear):
    one = reader()
    board.set(card="jia")
    ear.until(lambda: part(one, "card") is Part.PRESENT, "the card")
    command = [sys.executable, "-c", HOLDER, str(board.folder / DAEMON_SOCKET), READER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "0\n"
        read(one)
        error = ear.answer("r").error
        holder.stdin.close()
    assert (error.reason, error.action) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION)
    read(one, "again")
    assert ear.answer("again").card.id_number == JIA.number


def test_daemon_started_again_while_a_card_lies_inside(board, reader, ear):
    one = reader()
    board.set(card="jia")
    ear.until(lambda: part(one, "card") is Part.PRESENT, "the card")
    board.unplug()
    ear.until(lambda: one.status.state is POWER_OFF, "its absence")
    assert part(one, "card") is Part.UNKNOWN
    board.plug()
    ear.until(lambda: part(one, "card") is Part.PRESENT, "its return")
    read(one)
    assert ear.answer("r").card.id_number == JIA.number


def test_a_daemon_that_hangs_is_a_crash_and_ends_by_itself(board, reader, ear):
    one = reader(hang_s=3)
    board.set(silent=True)
    read(one)
    assert ear.answer("r").error.reason is Reason.CRASHED
    board.set(silent=False)
    ear.until(lambda: one.status.state is ONLINE, "its return")
    board.set(card="jia")
    read(one, "again")
    assert ear.answer("again").card.id_number == JIA.number


def test_a_chip_that_never_answers_is_left_when_the_card_is_pulled(board, reader, ear):
    one = reader(hang_s=3)
    board.set(card="jia", chip="dead")
    read(one)
    assert ear.answer("r").error.reason is Reason.CRASHED
    board.set(card=None, chip="ok")
    ear.until(lambda: one.status.state is ONLINE, "its return")
    board.set(card="yi")
    read(one, "again")
    assert ear.answer("again").card.id_number == YI.number


@pytest.mark.parametrize(("name", "reason"), [("No Such Reader", Reason.UNPLUGGED), ("Virtual PCD", Reason.NOT_CONFIGURED)])
def test_no_such_reader_and_one_name_for_two(reader, ear, name, reason):
    one = reader(reader=name)
    ear.state(POWER_OFF)
    assert one.status.error.reason is reason


def test_no_daemon_at_all(tmp_path, device, ear):
    one = device("readers.pcsc", reader=READER, socket=str(tmp_path / "nowhere"))
    one.start(ear)
    ear.state(POWER_OFF)
    assert one.status.error.reason is Reason.UNPLUGGED


def test_interactive_check_passes_when_a_card_was_read_and_taken(board, reader, ear):
    one = reader()
    one.do(CheckHealth(role="device", id="h", level=HealthLevel.INTERACTIVE))
    assert ear.first(PersonAsked).key == "check-insert-card"
    board.set(card="jia")
    ear.first(PersonAsked, lambda asked: asked.key == "check-take-card")
    board.set(card=None)
    checked = ear.answer("h")
    assert isinstance(checked, HealthChecked)
    assert checked.passed
    assert dict(checked.findings) == {"model": READER}
    assert "goodReadCount" not in one.counters
    assert not [event for event in ear.events if isinstance(event, SocialCardRead)]


def test_interactive_check_fails_with_a_mute_card(board, reader, ear):
    one = reader()
    one.do(CheckHealth(role="device", id="h", level=HealthLevel.INTERACTIVE))
    board.set(card="jia", chip="mute")
    assert ear.answer("h").error.reason is Reason.CARD_UNREADABLE


def test_the_bench_leaves_no_daemon_and_no_open_port(board, ear):
    daemon = int((board.folder / "run" / "pcscd.pid").read_text().strip("\n\0"))
    assert Path(f"/proc/{daemon}/comm").read_text() == "pcscd\n"
    assert ":8C7B " not in Path("/proc/self/net/tcp").read_text()  # 35963, its port, is in a network of its own
    board.unplug()
    ear.until(lambda: not Path(f"/proc/{daemon}").exists(), "the daemon's end")
