"""A line that loses, spoils and delays bytes in any way, for as long as one likes: no new card is ever given out twice.

The dispenser's firmware runs in this thread, on a clock of its own; the same seed gives the same run.
"""

import random
from types import SimpleNamespace

import pytest

from drivers.bench import card_dispenser
from drivers.bench.card_dispenser import Dispenser
from drivers.bench.motor_desk import Desk
from drivers.bench.state import State
from drivers.contract import MediaPresented, MediaRetained, MediaTaken
from drivers.errors import DeviceError, Reason
from drivers.readers import motor_mechanics, motor_media, motor_talk
from drivers.readers.crt571 import Crt571, Settings
from drivers.readers.crt571_protocol import framing
from drivers.readers.motor_mechanics import Mechanics, Start, Where
from drivers.readers.motor_media import Media

STACK = 900
EXPECTED = {Reason.SILENT, Reason.GARBLED, Reason.TIMEOUT, Reason.CARD_MOVED, Reason.NO_CARD, Reason.SEQUENCE, Reason.STACKER_EMPTY}


class World:
    """Clock, line and firmware in one; as much of a link as the mechanics need."""

    role = "dispenser"

    def __init__(self, folder, seed, trouble):
        self.quick_hands = trouble > 0  # a person takes the card from the gate before anybody has heard that it is there
        self.now = 100.0
        self.random = random.Random(seed)
        self.trouble = trouble  # how likely each message is hit
        self.events = []
        self._busy_until = 0.0
        self._arrives = []  # (when, bytes), in order as on a line
        folder.mkdir()
        self.state = State(folder)
        self.state.begin({**card_dispenser.DEFAULTS, "stacker": STACK, "motor_ms": 700})
        self.firmware = Dispenser(self, self.state)
        self.desk = Desk(self, self.state, b"\xf2\x00", lambda begun: framing(0).seal(begun), self.firmware.obey)

    # the clock

    def monotonic(self):
        return self.now

    # the device's side

    def write(self, data):
        self._busy_until = max(self._busy_until, self.now)
        when = max([self._busy_until + self._delay(), *(when for when, _ in self._arrives[-1:])])
        if hit := self._hit(data):
            self._arrives.append((when, hit))

    def wait(self, seconds):
        self._busy_until = max(self._busy_until, self.now) + seconds

    # the host's side

    def send(self, data, seconds=2.0):
        self.desk.take(self._hit(data))

    def receive(self, seconds):
        if self.quick_hands and self.random.random() < 0.3 and self.state.now()["at"] == "gate":
            self.state.set(at="nowhere", card=None)
        if self._arrives and self._arrives[0][0] <= self.now + seconds:
            when, data = self._arrives.pop(0)
            self.now = max(self.now, when)
            return data
        self.now += seconds
        return b""

    def drain(self):
        here = [data for when, data in self._arrives if when <= self.now]
        self._arrives = self._arrives[len(here) :]
        return b"".join(here)

    def count(self, name, count=1):
        pass

    def emit(self, event):
        self.events.append(event)

    # what the line does

    def _delay(self):
        return self.random.choice([0.05, 0.28, 0.31, 0.9, 2.5]) if self.random.random() < self.trouble else 0.0

    def _hit(self, data):
        if not data or self.random.random() >= self.trouble:
            return data
        match self.random.randrange(4):
            case 0:
                return b""
            case 1:
                at = self.random.randrange(len(data))
                return data[:at] + bytes([data[at] ^ 1 << self.random.randrange(8)]) + data[at + 1 :]
            case 2:
                return data[: self.random.randrange(len(data))]
            case _:
                return self.random.choice([b"\x15", b"\x06", b"\xf2", b"\xf2\x00\x00\x09P", b"\x00"]) + data


@pytest.fixture
def world(tmp_path, monkeypatch):
    def make(seed, trouble):
        made = World(tmp_path / str(seed), seed, trouble)
        clock = SimpleNamespace(monotonic=made.monotonic)
        for module in (motor_talk, motor_mechanics, motor_media):
            if hasattr(module, "time"):
                monkeypatch.setattr(module, "time", clock)
        return made

    return make


def attempt(act):
    """Whether it was done; a failure must be one that the line can bring about."""
    try:
        act()
    except DeviceError as error:
        if error.reason not in EXPECTED:
            raise
        return False
    return True


def give_out(world, mechanics, media):
    """As the driver does it: look, feed, look, present; then somebody takes it, or does not."""
    where = mechanics.look(world).where
    if where is Where.NOWHERE:
        media.feed(world)
    if mechanics.look(world).where is Where.INSIDE:
        media.present(world)


def live(world, rounds):
    settings = Settings(port="none", answer_ms=500, move_ms=3000, init_ms=3000, retain_after_s=5)
    mechanics = Mechanics(Crt571(0), settings)
    media = Media(mechanics, settings)
    done = 0
    attempt(lambda: mechanics.start(world, Start.STAY))
    for _ in range(rounds):
        before = world.state.read()
        in_throat = before["at"] != "nowhere"
        well = attempt(lambda: give_out(world, mechanics, media))
        after = world.state.read()
        fed = after["fed"] - before["fed"]
        assert fed <= (0 if in_throat else 1), "given out twice"
        assert after["bin"] == before["bin"], "a card went into the bin unasked"
        done += well
        if after["at"] == "gate" and world.random.random() < 0.7:
            world.state.set(at="nowhere", card=None)
        elif after["at"] == "gate":
            attempt(lambda: media.retain(world, mechanics.look(world)))
            if world.state.read()["at"] == "gate":
                world.state.set(at="nowhere", card=None)
    return done


def test_without_trouble_every_card_comes_out(world):
    quiet = world(1, 0.0)
    assert live(quiet, 20) == 20
    assert quiet.state.read()["fed"] == 20
    told = [type(event) for event in quiet.events]
    assert told.count(MediaPresented) == 20
    assert MediaTaken not in told
    assert told.count(MediaRetained) == len(quiet.state.read()["bin"])


def test_no_card_is_given_out_twice_on_a_line_that_does_what_it_likes(world, heavy):
    done = 0
    for seed in range(400 if heavy else 60):
        trouble = (0.02, 0.1, 0.25, 0.5)[seed % 4]
        done += live(world(seed, trouble), 15)
    assert done > 0
