"""A busy machine gives a driver no turn for seconds: what its device has sent meanwhile came in time all the same."""

import time
from collections import deque

import pytest

from drivers.bench import id_reader, io_board
from drivers.cabinet import modbus_io_talk, nut_ups
from drivers.context import Context
from drivers.contract import DeviceState, Status
from drivers.errors import DeviceError, Reason
from drivers.inbox import Inbox
from drivers.link import Link
from drivers.printers import escpos_talk
from drivers.printers.escpos_settings import Settings as PrinterSettings
from drivers.printers.escpos_stock import Stock
from drivers.readers import crt571_protocol, motor_talk, sdt_id_talk
from drivers.readers.sdt_id_protocol import Request
from drivers.scanners import newland_protocol, serial_code_talk

NO_TURN = 5.0  # s: longer than any of these answers may take
PRESENCE = newland_protocol.profile("\r", "presentation").presence
PRESENT = b"\x02\x010000#SCNMOD2\x06;\x03"
CRT = crt571_protocol.framing(0)
INPUTS = b"\x01\x02\x01\x01"
UPS = b'BEGIN LIST VAR ups\nVAR ups ups.status "OL"\nEND LIST VAR ups\n'


class Line:
    """A line on which each writing is answered in pieces; when it has read a piece, the driver has no turn for a while."""

    def __init__(self, clock, *sent):
        self._clock = clock
        self._sent = deque(sent)
        self._pieces = deque()

    def write(self, data, deadline):
        self._pieces = deque(self._sent.popleft() if self._sent else ())
        return len(data)

    def drain(self):
        return b""

    def read(self, deadline):
        if not self._pieces:
            self._clock.now = max(self._clock.now, deadline)
            return b""
        self._clock.now += NO_TURN
        return self._pieces.popleft()


class Clock:
    """What the modules under test take for `time`."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock.monotonic)
    return clock


@pytest.fixture
def wired(clock):
    """Puts a link on a line; each of `sent` is the pieces that answer one writing."""
    boxes = []

    def wire(*sent):
        boxes.append(Inbox())
        link = Link(Context(role="device"), Status(state=DeviceState.STARTING), lambda _: None, boxes[-1])
        link.attach(Line(clock, *sent))
        return link

    yield wire
    for box in boxes:
        box.dispose()


def halves(answer):
    return [answer[:3], answer[3:]]


def test_a_board_has_answered(wired):
    talk = modbus_io_talk.Talk(1, 9600, 0.15)
    talk._wait_for_quiet = lambda link: None  # the line is quiet
    assert talk.inputs(wired(halves(INPUTS + io_board.crc(INPUTS))), [0]) == {0: True}


def test_a_module_has_answered(wired):
    link = wired(halves(id_reader.frame(0x90)))
    assert sdt_id_talk.Talk(115200, 500).ask(link, Request.STATUS, 500, tries=1).sw3 == 0x90


def test_a_card_that_was_moved_is_known_to_be(wired):
    reply = CRT.frame(b"P20" + b"210")
    answer = motor_talk.Talk(CRT).tell(wired([b"\x06" + reply[:3], reply[3:]]), crt571_protocol.HOLD_AT_GATE, 2.0)
    assert (answer.good, answer.code) == (True, b"210")


def test_a_printer_has_answered(wired):
    settings = PrinterSettings(port="/dev/null")
    identity = b"_TM-T88\x00"
    assert escpos_talk.Talk(settings, Stock(settings))._identify(wired(halves(identity)), 67) == "TM-T88"


@pytest.mark.parametrize("ask", ["observe", "glance"])
@pytest.mark.parametrize(("again", "state"), [(b"\x12", DeviceState.ONLINE), (b"\x1a", DeviceState.OFFLINE)])
def test_a_printer_that_got_its_paper_between_two_answers_is_asked_again(wired, ask, again, state):
    settings = PrinterSettings(port="/dev/null")
    talk = escpos_talk.Talk(settings, Stock(settings))
    offline, nothing = b"\x1a", b"\x12"
    getattr(talk, ask)(wired([offline], [nothing], [nothing], [nothing], [again]))
    assert talk.state is state


def test_a_power_supply_has_answered(wired):
    driver = nut_ups.NutUps(nut_ups.Settings())
    assert driver._variables(wired(halves(UPS))) == {"ups.status": "OL"}


def test_a_scanner_has_answered(wired):
    talk = serial_code_talk.Talk(b"\r", 0.5, 115200)
    assert talk.ask(wired(halves(PRESENT)), PRESENCE, lambda _: None, tries=1)["value"] == b"2"


def test_a_silent_one_is_silent_all_the_same(wired):
    with pytest.raises(DeviceError) as raised:
        serial_code_talk.Talk(b"\r", 0.5, 115200).ask(wired(), PRESENCE, lambda _: None)
    assert raised.value.reason is Reason.SILENT


def test_a_code_in_the_midst_of_an_answer_that_was_given_up_is_told_whole(clock, wired):
    """The answer to the first question comes during the second, and that to the second when nobody would wait for one any more."""
    told = []
    link = wired((), [PRESENT, PRESENT[:9] + b"A005\r", PRESENT[9:]])
    answer = serial_code_talk.Talk(b"\r", 30, 115200).ask(link, PRESENCE, told.append)
    assert answer["value"] == b"2"
    assert b"".join(told) == b"A005\r"
