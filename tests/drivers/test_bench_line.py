"""The device's end of the line: its pace, and its rest."""

import threading
import time

import pytest
import serial

from drivers.bench.state import State
from drivers.bench.wire import Wire


@pytest.mark.parametrize(("baud", "size"), [(9600, 480), (115200, 5760)])
def test_bytes_take_their_time_in_both_directions(tmp_path, baud, size):
    wire = Wire(tmp_path)
    try:
        with serial.Serial(str(wire.port), baud, timeout=0) as port:
            assert wire.baud == baud
            port.write(bytes(size))
            began = time.monotonic()
            taken = 0
            while taken < size:
                taken += len(wire.read(1.0))
            received = time.monotonic() - began
            began = time.monotonic()
            wire.write(bytes(size))
            sent = time.monotonic() - began
            ideal = size * 10 / baud
            assert received > ideal * 0.95
            assert sent > ideal * 0.95
    finally:
        wire.close()


def test_nobody_reading_does_not_hold_the_device(tmp_path):
    wire = Wire(tmp_path)
    try:
        with serial.Serial(str(wire.port), 921600):
            wire.write(bytes(40_000))
    finally:
        wire.close()


def test_a_device_at_rest_looks_up_when_its_state_is_changed_and_when_the_host_sends(tmp_path, monkeypatch):
    monkeypatch.setattr("drivers.bench.wire._REST", 600.0)  # longer than a test may take
    state, wire = State(tmp_path), Wire(tmp_path)
    state.begin({"card": None})
    try:
        with serial.Serial(str(wire.port), 115200) as port:
            for change in (lambda: state.set(card="jia"), lambda: port.write(b"x")):
                acting = threading.Timer(0.05, change)
                acting.start()
                wire.rest()
                acting.join()
            assert wire.read() == b"x"
            for _ in range(3):  # rung while the device was busy
                state.set(card="yi")
            wire.rest()
            port.write(b"y")
            wire.rest()
            assert wire.read() == b"y"
    finally:
        wire.close()


def test_bytes_after_a_rest_take_their_time_too(tmp_path):
    wire = Wire(tmp_path)
    try:
        with serial.Serial(str(wire.port), 9600, timeout=0) as port:
            wire.rest()
            for _ in range(2):  # the second burst comes soon after the first, and not together with it
                acting = threading.Timer(0.02, port.write, [bytes(96)])
                acting.start()
                wire.rest()
                began, taken = time.monotonic(), 0
                while taken < 96:
                    taken += len(wire.read(1.0))
                acting.join()
                assert time.monotonic() - began > 0.095
    finally:
        wire.close()


def test_a_device_whose_bell_nobody_hears_is_not_held_up(tmp_path):
    state = State(tmp_path)
    state.begin({"card": None})
    state.set(card="jia")  # no bell at all
    wire = Wire(tmp_path)
    try:
        for number in range(20):
            state.set(card=str(number))
        assert state.now()["card"] == "19"
    finally:
        wire.close()
    state.set(card="yi")  # a bell that is not heard any more
    assert state.now()["card"] == "yi"
