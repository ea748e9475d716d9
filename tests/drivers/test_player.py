"""A recording made by hand is played to a driver: what it then tells, and what of timing does not matter."""

import pytest
from gauge import Gauge, gone, heard, levels, opened, recording, said, told
from msgspec.structs import replace

from drivers import contract
from drivers.context import Context
from drivers.contract import Cancel, DeviceState, Failed, Level, Line, Paper, Print, Printed, StatusChanged
from drivers.errors import Reason
from drivers.recordings import filler
from drivers.recordings.player import Player
from drivers.recordings.recording import Record
from drivers.recordings.script import script
from drivers.runner import Runner

FULL, LOW, OUT = Level.FULL, Level.LOW, Level.OUT
TICKET = Print(role="device", id="p", paper=Paper((Line("测试 A12"),)))


@pytest.fixture
def play(stack):
    """Plays records to a gauge until the end; the player."""

    def run(*records, every=0.05, driver=None):
        player = Player(script(recording(*records)))
        device = Runner(Context(role="device", recorder=player), driver or Gauge(every), None)
        player.device = device
        stack.callback(device.stop)
        device.start(lambda _: None)
        assert player.finished.wait(30)
        device.stop()
        return player

    return run


def given(t, command):
    return Record(t=t, command=filler.shape(command))


def polls(start, count, answer, every=0.05):
    return [one for n in range(count) for one in (said(start + n * every, b"?"), heard(start + n * every + 0.002, answer))]


def test_what_was_told_is_told_again(play):
    player = play(opened(0), *polls(0, 4, b"f"), told(0.01, "full"), *polls(0.2, 2, b"l"), told(0.2, "low"), *polls(0.3, 1, b"o"), told(0.3, "out"))
    assert levels(player.events) == [FULL, LOW, OUT]
    assert player.unknown == []


@pytest.mark.parametrize("every", [0.01, 0.12])
def test_a_driver_that_asks_more_or_less_often_hears_the_same(play, every):
    records = (opened(0), *polls(0, 6, b"f"), told(0.01, "full"), *polls(0.3, 6, b"l"), told(0.31, "low"), *polls(0.6, 6, b"o"), told(0.61, "out"))
    assert levels(play(*records, every=every).events) == [FULL, LOW, OUT]


def test_what_the_device_tells_by_itself_comes_in_its_place(play):
    records = (opened(0), *polls(0, 1, b"f"), told(0.01, "full"), *polls(0.1, 1, b"f"), heard(0.5, b"l"), told(0.5, "low"), heard(0.9, b"o"), told(0.9, "out"))
    player = play(*records, every=5)
    assert levels(player.events) == [FULL, LOW, OUT]


def test_what_it_told_by_itself_is_heard_though_the_driver_asks_no_more(play):
    records = (opened(0), *polls(0, 3, b"f"), told(0.01, "full"), heard(0.6, b"l"), told(0.6, "low"))
    assert levels(play(*records, every=60).events) == [FULL, LOW]


def test_a_plug_that_was_pulled_is_pulled_again_and_comes_back(play):
    records = (opened(0), *polls(0, 2, b"f"), told(0.01, "full"), gone(0.2, broken=1), told(0.2, state="powerOff"), gone(0.3, refused=1), opened(0.8), *polls(0.8, 2, b"f"), told(0.81, "full"))
    states = [event.status.state for event in play(*records).events if isinstance(event, StatusChanged)]
    assert states == [DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.ONLINE]


def test_a_device_that_was_missing_at_the_start_is_missing_again(play):
    records = (gone(0, refused=1), told(0, state="powerOff"), opened(0.4), *polls(0.4, 2, b"f"), told(0.41, "full"))
    events = play(*records).events
    assert events[0].status.error.reason is Reason.UNPLUGGED
    assert levels(events) == [Level.UNKNOWN, FULL]


def test_a_device_that_did_not_answer_is_silent_again(play):
    records = (opened(0), said(0, b"?"), told(0.5, state="powerOff"), opened(0.6), *polls(0.6, 2, b"f"), told(0.61, "full"))
    events = play(*records).events
    assert events[0].status.error.reason is Reason.SILENT
    assert levels(events) == [Level.UNKNOWN, FULL]


def test_a_command_is_given_again_with_filler_and_answered(play):
    records = (opened(0), *polls(0, 2, b"f"), told(0.01, "full"), given(0.2, TICKET), said(0.21, b"<" + b"x" * 10 + b">"), heard(0.4, b"!"), Record(t=0.4, event={"type": "Printed"}))
    player = play(*records)
    assert [type(event) for event in player.events] == [StatusChanged, Printed]
    assert player.unknown == []


def test_a_command_that_was_cancelled_is_cancelled_again(play):
    cancel = Cancel(role="device", id="c", of="p")
    records = (opened(0), *polls(0, 2, b"f"), told(0.01, "full"), given(0.2, TICKET), said(0.21, b"<" + b"x" * 10 + b">"), given(0.5, cancel), Record(t=0.5, event={"type": "Failed"}))
    (failed,) = [event for event in play(*records).events if isinstance(event, Failed)]
    assert failed.error.reason is Reason.CANCELED


def test_a_command_that_came_while_the_device_was_away_fails_again(play):
    records = (gone(0, refused=1), told(0, state="powerOff"), given(0.3, TICKET), Record(t=0.3, event={"type": "Failed"}), opened(0.8), *polls(0.8, 2, b"f"), told(0.81, "full"))
    (failed,) = [event for event in play(*records).events if isinstance(event, Failed)]
    assert failed.error.reason is Reason.UNPLUGGED


def test_a_line_that_took_a_message_in_pieces_takes_it_so_again(play):
    pieces = (said(0.21, b"<xx", more=True), said(0.5, b"x" * 4, more=True), said(0.7, b"xxxx>"))
    records = (opened(0), *polls(0, 2, b"f"), told(0.01, "full"), given(0.2, TICKET), *pieces, heard(0.8, b"!"), Record(t=0.8, event={"type": "Printed"}))
    player = play(*records)
    assert [type(event) for event in player.events] == [StatusChanged, Printed]
    assert player.unknown == []


def test_what_a_quick_driver_tells_after_all_that_was_recorded_is_no_difference(play):
    class Hasty(Gauge):
        rounds = 0

        def idle(self, link):
            super().idle(link)
            self.rounds += 1
            link.report(replace(link.status, supplies={"upper": OUT if self.rounds > 1 else FULL}))

    player = play(opened(0), said(0, b"?"), heard(0.002, b"f"), told(0.6, "full"), driver=Hasty(0.01))
    assert levels(player.events) == [FULL]


def test_what_was_not_said_then_is_named(play):
    class Louder(Gauge):
        def idle(self, link):
            link.send(b"now")
            super().idle(link)

    player = play(opened(0), *polls(0, 4, b"f"), told(0.01, "full"), driver=Louder())
    assert set(player.unknown) == {b"now"}


def test_a_random_number_is_drawn_again(play):
    driver = Gauge()
    play(Record(t=0, random=417), opened(0), *polls(0, 2, b"f"), told(0.01, "full"), driver=driver)
    assert driver.drawn == [417]


def test_a_command_the_vocabulary_lacks_is_named():
    with pytest.raises(ValueError, match="cannot be given again"):
        script(recording(opened(0), Record(t=0, command={"type": "Fly"})))


def test_every_command_keeps_its_shape():
    commands = [
        contract.ReadCard(role="r", id="1"),
        contract.MoveCard(role="r", id="1", to=contract.Position.EXIT),
        contract.Reset(role="r", id="1"),
        contract.CheckHealth(role="r", id="1", level=contract.HealthLevel.INTERNAL),
        contract.SetLight(role="r", id="1", light="scanner", flash=contract.Flash.SLOW),
    ]
    assert [filler.command(filler.shape(command)) for command in commands] == commands


def test_a_question_asked_once_more_before_an_order_is_not_answered_from_after_it(play):
    class Twice(Gauge):
        def handle(self, link, command):
            for _ in range(2):
                link.report(self._status(link))
            return super().handle(link, command)

    order = (given(0.2, TICKET), *polls(0.21, 1, b"f"), said(0.22, b"<" + b"x" * 10 + b">"), heard(0.23, b"!"), Record(t=0.23, event={"type": "Printed"}))
    player = play(opened(0), *polls(0, 3, b"f"), told(0.01, "full"), *order, *polls(0.24, 4, b"o"), told(0.24, "out"), driver=Twice())
    assert [type(event) for event in player.events] == [StatusChanged, Printed, StatusChanged]
