"""A few thousand damaged frames per parser in every run; `make fuzz` feeds a million."""

import random

import mutate
import pytest
from feeding import Wire
from target import Found, Target, feed, fuzz
from target_ipp import posted
from targets import all_targets

from drivers.errors import DeviceError, Reason

TARGETS = all_targets()
EACH = pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
HTTP = b"HTTP/1.1 200 OK\r\n"


@EACH
def test_damaged_frames_neither_crash_a_parser_nor_take_it_in(target):
    found = fuzz(target, 1500, seed=1)
    assert found.clean, found.first
    assert found.frames >= 1500
    assert found.accepted > 0


@EACH
def test_whole_frames_are_accepted(target):
    found = Found()
    for seed in target.seeds:
        feed(target, [seed], found)
    assert found.clean, found.first
    assert found.accepted > 0


@EACH
def test_the_same_seed_feeds_the_same_bytes(target):
    assert fuzz(target, 100, seed=7) == fuzz(target, 100, seed=7)


@pytest.mark.parametrize("target", [target for target in TARGETS if not target.ours], ids=lambda target: target.name)
def test_a_device_that_talks_without_end_is_not_hoarded(target):
    rng, found = random.Random(3), Found()
    for frame in rng.sample(target.seeds, min(3, len(target.seeds))):
        stream = mutate.without_end(rng, frame, 12_000)
        feed(target, [stream[at : at + 600] for at in range(0, len(stream), 600)], found)
    assert found.clean, found.first


def test_what_the_harness_looks_for_it_finds():
    """A parser that crashes, one that is taken in, and one that hoards are all told."""

    def crash(chunks):
        raise KeyError

    for accepts, sound in ((crash, bool), (lambda chunks: ([1], 0), lambda accepted, stream: False), (lambda chunks: ([], 5), lambda *_: True)):
        found = fuzz(Target(name="bad", seeds=[b"abc"], accepts=accepts, sound=sound, hold_limit=4), 10, seed=1)
        assert not found.clean
        assert found.first


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (HTTP + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", b"x" * 65536),
        (HTTP + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"x: y\r\n" * 9000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2000),
        (HTTP + b"\r\n", b"x" * 65536),
    ],
    ids=["chunk of -1", "trailers", "100 Continue", "no length"],
)
def test_a_printer_that_answers_without_end_is_left(head, piece):
    wire = Wire([head, *[piece] * 100])
    with pytest.raises(DeviceError) as caught:
        posted(wire)
    assert caught.value.reason is Reason.GARBLED
    assert wire.given < 1_500_000
