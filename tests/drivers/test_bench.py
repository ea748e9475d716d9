"""The bench itself: processes, state file, faults and the timing of the line."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import serial

from drivers.bench import faults, id_reader
from drivers.bench.handle import Bench, BenchError
from drivers.bench.nursery import Nursery
from drivers.bench.state import COMMON, State

PROJECT = Path(__file__).parents[2]
STATUS = bytes.fromhex("AAAAAA9669 0003 11FF ED")
WELL = id_reader.frame(0x90)


@pytest.fixture(params=["forked", "alone"])
def board(request, bench, tmp_path):
    if request.param == "forked":
        yield bench("id_reader")
    else:
        with Bench("id_reader", tmp_path / "id_reader") as opened:
            yield opened


def ask(board, request, size, baud=115200, timeout=5.0):
    with serial.Serial(board.port, baud, timeout=timeout) as port:
        port.write(request)
        return port.read(size)


def gone(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def test_answers_at_its_port(board):
    assert ask(board, STATUS, len(WELL)) == WELL


@pytest.mark.parametrize(
    ("request_", "sw3"),
    [
        ("AAAAAA9669 0003 11FF EE", 0x10),
        ("AAAAAA9669 0002 11 13", 0x11),
        ("AAAAAA9669 FFFF", 0x11),
        ("AAAAAA9669 0003 7777 03", 0x21),
        ("AAAAAA9669 0003 3001 32", 0x41),
        ("AAAAAA9669 0003 2002 21", 0x81),
    ],
)
def test_requests_that_cannot_be_carried_out(board, request_, sw3):
    assert ask(board, bytes.fromhex(request_), 11) == id_reader.frame(sw3)


@pytest.mark.parametrize("size", [0, 512, 1024])
def test_read_with_fingerprint(board, size):
    board.set(card="jia", fingerprint=size)
    for request in ("2001 22", "2002 21"):
        assert len(ask(board, bytes.fromhex(f"AAAAAA9669 0003 {request}"), 11)) == 11
    answer = ask(board, bytes.fromhex("AAAAAA9669 0003 3010 23"), 1297 + size)
    assert len(answer) == 7 + int.from_bytes(answer[5:7]) == 1297 + size


def test_unplug_and_plug_keep_the_state_and_the_path(board):
    board.set(card="jia")
    path = board.port
    board.unplug()
    assert not board.plugged
    assert not os.path.lexists(path)
    board.plug()
    board.plug()
    assert board.port == path
    assert board.get()["card"] == "jia"
    assert ask(board, STATUS, len(WELL)) == WELL


def test_a_device_can_pull_its_own_plug(board):
    board.set(unplugged=True)
    gone(lambda: not board.plugged)
    assert not os.path.lexists(board.port)
    board.plug()
    assert ask(board, STATUS, len(WELL)) == WELL


def test_no_process_is_left_by_stop(board):
    process = board._process
    board.stop()
    board.stop()
    assert process.poll() is not None


def test_a_device_that_does_not_leave_by_itself_is_killed(board):
    os.kill(board._process.pid, signal.SIGSTOP)
    process = board._process
    board.stop()
    assert process.poll() is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
    assert not os.path.lexists(board.port)


def test_a_device_ends_when_its_parent_dies(tmp_path):
    code = f"import os, pathlib; from drivers.bench.handle import Bench; Bench('id_reader', pathlib.Path({str(tmp_path)!r})).plug(); os._exit(0)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT)
    gone(lambda: not os.path.lexists(tmp_path / "port"))


def test_a_forked_device_ends_when_its_parent_dies_and_so_does_the_nursery(tmp_path):
    code = (
        "import os, pathlib; from drivers.bench.handle import Bench; from drivers.bench.nursery import Nursery; nursery = Nursery(); "
        f"Bench('id_reader', pathlib.Path({str(tmp_path)!r}), nursery).plug(); print(nursery._process.pid); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT, stdout=subprocess.PIPE)
    gone(lambda: not os.path.lexists(tmp_path / "port"))
    gone(lambda: not Path(f"/proc/{int(done.stdout)}").exists())


def test_a_model_that_does_not_exist_does_not_start(tmp_path, nursery):
    for born in (None, nursery):
        with pytest.raises(BenchError):
            Bench("teleporter", tmp_path, born).plug()
    with Bench("id_reader", tmp_path, nursery) as after:
        assert after.plugged


def test_a_ctrl_c_that_goes_to_all_ends_neither_nursery_nor_device(tmp_path, nursery):
    with Bench("id_reader", tmp_path / "one", nursery) as board, Bench("id_reader", tmp_path / "other", nursery) as other:
        for pid in (board._process.pid, nursery._process.pid):
            os.kill(pid, signal.SIGINT)
        assert ask(board, STATUS, len(WELL)) == WELL
        other.unplug()
        other.plug()


def test_a_nursery_that_is_gone_bears_no_more_and_what_it_bore_lives_on(tmp_path):
    nursery = Nursery()
    with Bench("id_reader", tmp_path, nursery) as board:
        nursery.stop()
        assert ask(board, STATUS, len(WELL)) == WELL
        board.unplug()
        assert not board.plugged
        with pytest.raises(BenchError):
            board.plug()


def test_two_devices_at_once(bench, board):
    other = bench("code_scanner")
    assert other.port != board.port
    assert other.plugged
    assert board.plugged


def test_a_key_the_device_does_not_have_is_an_error(board):
    with pytest.raises(KeyError, match="cards"):
        board.set(cards="jia")


def test_changes_from_many_sides_all_arrive(tmp_path):
    State(tmp_path).begin({f"key{number}": 0 for number in range(8)})

    def write(number):
        for value in range(1, 21):
            State(tmp_path).set(**{f"key{number}": value})

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    values = State(tmp_path).read()
    assert [values[f"key{number}"] for number in range(8)] == [20] * 8
    assert values["changes"]["key0"] == 20
    assert [path.name for path in tmp_path.iterdir() if "state." in path.name and path.suffix != ".lock"] == ["state.json"]


def test_a_start_keeps_what_was_set_and_adds_what_is_new(tmp_path):
    state = State(tmp_path)
    state.begin({"card": None})
    state.set(card="jia", unplugged=True)
    with pytest.raises(SystemExit):
        state.now()
    state.begin({"card": None, "more": 1})
    assert state.now() == {**COMMON, "card": "jia", "more": 1, "changes": {"card": 1, "unplugged": 1}}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"half_frame": 4}, WELL[:4]),
        ({"bad_checksum": True}, WELL[:-1] + bytes([WELL[-1] ^ 0x55])),
        ({"garbage": "before"}, faults.NOISE + WELL),
        ({"garbage": "instead"}, faults.NOISE),
        ({"silent": True}, b""),
        ({"silent": True, "faulty": 0}, WELL),
    ],
    ids=str,
)
def test_faults(board, fault, expected):
    board.set(**fault)
    assert ask(board, STATUS, len(expected) or 1, timeout=5 if expected else 0.3) == expected


def test_a_fault_for_one_answer(board):
    board.set(bad_checksum=True, faulty=1)
    assert ask(board, STATUS, len(WELL)) != WELL
    assert ask(board, STATUS, len(WELL)) == WELL


def test_a_late_answer(board):
    board.set(late_ms=200)
    began = time.monotonic()
    assert ask(board, STATUS, len(WELL)) == WELL
    assert time.monotonic() - began > 0.2
