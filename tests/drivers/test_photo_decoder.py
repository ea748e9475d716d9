"""The photo decoder's own process: good pictures, and every way in which a library of somebody else goes wrong."""

import io
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from decode_by_order import picture
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.contract import Part
from drivers.readers.photo_decoder import RESTARTS, PhotoDecoder, as_bmp

PATIENCE = 20.0


def nothing():
    """Nobody gives up."""


@pytest.fixture
def make():
    made = []

    def start(module="decode_by_order", seconds=PATIENCE):
        decoder = PhotoDecoder("id_reader", module, seconds)
        made.append(decoder)
        decoder.start()
        return decoder

    yield start
    for decoder in made:
        decoder.close()


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def pixels(bmp):
    with Image.open(io.BytesIO(bmp)) as opened:
        assert opened.format == "BMP"
        return opened.size, opened.getpixel((0, 0))


@pytest.mark.parametrize("order", [b"red", b"png", b"bmp", b"jpeg"])
def test_a_photo_becomes_a_bmp(make, order):
    decoder = make()
    size, colour = pixels(decoder.decode(order, nothing))
    assert size == (102, 126)
    assert (colour == (255, 0, 0)) is (order == b"red")
    assert decoder.part is Part.OK


def test_many_photos_use_one_process(make):
    decoder = make()
    decoder.decode(b"png", nothing)
    process = decoder._child._process
    for _ in range(20):
        assert decoder.decode(b"red", nothing)
    assert decoder._child._process is process


def test_it_says_that_it_is_well_once_it_has_come_up(make):
    decoder = make()
    assert decoder.part in {Part.UNKNOWN, Part.OK}
    until(lambda: decoder.tend() or decoder.part is Part.OK)


def test_without_a_module_there_is_no_picture_and_no_process(make):
    decoder = make("")
    assert decoder.part is Part.NOT_SUPPORTED
    assert decoder.decode(b"red", nothing) == b""
    assert decoder._child is None


@pytest.mark.parametrize("order", [b"abort", b"leave", b"raise", b"flood", b"huge", b"wide", b"tiny", b"cut", b"text", b"none", b"empty", b"gif"])
def test_a_photo_that_goes_wrong_has_no_picture_and_the_next_one_has(make, order):
    decoder = make()
    assert decoder.decode(order + b" SECRET", nothing) == b""
    assert decoder.part is not Part.INOPERATIVE
    assert pixels(decoder.decode(b"red", nothing)) == ((102, 126), (255, 0, 0))


def test_a_decoder_that_hangs_is_killed_and_started_anew(make):
    decoder = make(seconds=1.0)
    until(lambda: decoder.tend() or decoder.part is Part.OK)
    process = decoder._child._process
    assert decoder.decode(b"hang", nothing) == b""
    assert process.returncode is not None
    until(lambda: decoder.decode(b"red", nothing))


def test_a_decoder_that_fails_again_and_again_is_given_up_until_it_is_started_again(make):
    decoder = make()
    for _ in range(RESTARTS):
        assert decoder.decode(b"abort", nothing) == b""
        assert decoder.part is not Part.INOPERATIVE
    assert decoder.decode(b"abort", nothing) == b""
    assert decoder.part is Part.INOPERATIVE
    assert decoder._child is None
    assert decoder.decode(b"red", nothing) == b""
    decoder.start()
    assert decoder.decode(b"red", nothing)
    assert decoder.part is Part.OK


def test_failures_in_a_row_count_and_others_do_not(make):
    decoder = make()
    for _ in range(RESTARTS + 2):
        assert decoder.decode(b"abort", nothing) == b""
        assert decoder.decode(b"red", nothing)


@pytest.mark.parametrize("module", ["no_such_module_anywhere", "json", "os.path"])
def test_a_module_that_is_none_is_given_up_without_a_card(make, module):
    decoder = make(module)
    until(lambda: decoder.tend() or decoder.part is Part.INOPERATIVE)


def test_a_process_that_dies_between_two_cards_is_noticed(make):
    decoder = make()
    decoder.decode(b"red", nothing)
    decoder._child._process.kill()
    decoder._child._process.wait()
    assert decoder.decode(b"red", nothing)


def test_nobody_waits_for_a_library_that_is_slow_to_load(make):
    decoder = make(seconds=0.0)
    assert decoder.decode(b"red", nothing) == b""
    assert decoder._child is not None


def test_who_gives_up_gets_no_picture_and_the_next_card_gets_its_own(make):
    decoder = make()
    decoder.decode(b"png", nothing)
    process = decoder._child._process

    def give_up():
        raise KeyError

    with pytest.raises(KeyError):
        decoder.decode(b"hang", give_up)
    assert process.returncode is not None
    assert pixels(decoder.decode(b"red", nothing))[1] == (255, 0, 0)


def test_the_process_gets_no_secret_and_no_open_file(make, monkeypatch, tmp_path):
    monkeypatch.setenv("KIOSK_SECRET", "x")
    with (tmp_path / "file").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        assert make().decode(b"surroundings", nothing)


def test_closing_leaves_no_process(make):
    decoder = make()
    process = decoder._child._process
    decoder.close()
    decoder.close()
    assert process.returncode is not None


def test_nothing_of_a_photo_or_of_the_library_is_logged(make, caplog):
    caplog.set_level(logging.DEBUG)
    decoder = make()
    for order in (b"raise", b"abort", b"text"):
        decoder.decode(order + b" SECRET", nothing)
    assert "SECRET" not in caplog.text
    assert "complains" not in caplog.text
    assert len(caplog.records) == 3


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    start=st.sampled_from([b"", b"BM", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", picture(), picture(form="BMP"), picture(form="JPEG")]),
    at=st.integers(0, 400),
    noise=st.binary(max_size=80),
)
def test_hostile_pictures_are_refused_or_become_small_bmps(start, at, noise):
    raw = start[:at] + noise + start[at + len(noise) :]
    try:
        made = as_bmp(raw)
    except ValueError:
        return
    assert made.startswith(b"BM")
    assert len(made) <= 3 * 1024 * 1024 + 100


def test_a_picture_that_claims_to_be_enormous_is_refused():
    raw = bytearray(picture(form="BMP"))
    raw[18:26] = (60000).to_bytes(4, "little") * 2
    with pytest.raises(ValueError, match="picture"):
        as_bmp(bytes(raw))


def test_its_process_ends_when_the_terminal_dies(tmp_path):
    code = (
        "import os, sys; from drivers.readers.photo_decoder import PhotoDecoder; made = PhotoDecoder('r', 'decode_by_order', 20.0);"
        "made.start(); made.decode(b'red', lambda: None); print(made._child._process.pid, flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, text=True, check=True)
    until(lambda: not Path(f"/proc/{int(done.stdout)}/cmdline").exists() or not Path(f"/proc/{int(done.stdout)}/cmdline").read_bytes())
