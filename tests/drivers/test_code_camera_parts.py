"""The parts of the camera that reads codes: decoders, the slower lane, sightings, and whether somebody is there."""

import os
import threading
import time

import cv2
import numpy as np
import pytest
import zxingcpp
from camera_views import URL, luma

from drivers.cameras import second_opinion
from drivers.cameras.decoder import STEPS, Decoder
from drivers.cameras.sightings import Sightings
from drivers.cameras.stir import Stir
from drivers.errors import DeviceError


def test_other_kinds_of_codes_are_looked_for_only_when_set():
    picture = np.full((500, 900), 255, np.uint8)
    for top, kind in ((20, "Code128"), (300, "DataMatrix")):
        code = np.array(zxingcpp.create_barcode(f"SAMPLE-{kind}", getattr(zxingcpp.BarcodeFormat, kind)).to_image(scale=3))
        picture[top : top + code.shape[0], 20 : 20 + code.shape[1]] = code
    assert Decoder(("qr",)).read(picture).payloads == ()
    assert Decoder(("qr", "code128")).read(picture).payloads == (b"SAMPLE-Code128",)
    assert set(Decoder(("code128", "datamatrix")).read(picture).payloads) == {b"SAMPLE-Code128", b"SAMPLE-DataMatrix"}


def test_wechat_models_that_are_damaged(tmp_path):
    for name in ("detect.prototxt", "detect.caffemodel", "sr.prototxt", "sr.caffemodel"):
        (tmp_path / name).write_bytes(b"nothing")
    with pytest.raises(DeviceError):
        second_opinion.readers(("qr",), str(tmp_path))


@pytest.mark.skipif("KIOSK_WECHAT_MODELS" not in os.environ, reason="KIOSK_WECHAT_MODELS names no folder with the four models")
def test_wechat_reads_and_drops_what_it_cannot_decode():
    wechat = second_opinion.readers(("qr",), os.environ["KIOSK_WECHAT_MODELS"])[-1]
    assert wechat(luma(URL)) == [URL.encode()]
    assert wechat(luma()) == []


def test_second_opinion_gives_exact_bytes():
    zbar = second_opinion.readers(("qr", "code128"), "")[0]
    assert zbar(luma(URL)) == [URL.encode()]
    picture = cv2.resize(luma("测试服务"), None, fx=0.5, fy=0.5)
    assert zbar(picture) == ["测试服务".encode()]
    assert zbar(luma()) == []


def test_second_opinion_ends_while_it_looks_and_survives_a_decoder_that_fails():
    looking, called = threading.Event(), []

    def failing(picture):
        called.append(picture)
        looking.set()
        raise RuntimeError

    with second_opinion.SecondOpinion([failing, lambda _: [b"found"]], period=0.01) as lane:
        lane.offer(np.zeros((4, 4), np.uint8), 5.0)
        assert looking.wait(10)
        deadline = time.monotonic() + 10
        while not (taken := lane.take()):
            assert time.monotonic() < deadline
        assert taken == [second_opinion.Opinion(5.0, (b"found",))]
        assert "found" not in repr(taken)


def test_steps_take_pictures_of_any_size_and_level():
    random = np.random.default_rng(7)
    decoder = Decoder(("qr", "microqr", "datamatrix", "pdf417", "code128", "code39", "ean13"))
    for shape in ((1, 1), (3, 2), (1, 700), (64, 64), (1081, 1921)):
        for level in (0, 255, None):
            picture = random.integers(0, 256, shape, np.uint8) if level is None else np.full(shape, level, np.uint8)
            for _ in STEPS:
                assert decoder.read(picture).payloads == decoder.rescue(picture).payloads == ()


@pytest.mark.parametrize("turn", range(len(STEPS)))
def test_a_light_code_on_dark_ground_is_found_within_one_turn(turn):
    decoder = Decoder(("qr",))
    for _ in range(turn):
        decoder.rescue(np.zeros((9, 9), np.uint8))
    picture = 255 - luma(URL)
    assert decoder.read(picture).payloads == ()
    assert any(decoder.rescue(picture).payloads == (URL.encode(),) for _ in STEPS)


def test_a_code_is_new_only_when_it_was_away():
    sightings = Sightings(2.0)
    assert sightings.new("a", 10.0)
    assert not sightings.new("a", 11.9)
    assert not sightings.new("a", 13.8)
    assert sightings.new("b", 13.9)
    assert sightings.new("a", 15.9)
    assert not sightings.new("a", 15.0)  # told late by the slower lane
    sightings.resume(60.0)
    assert not sightings.new("a", 61.0)
    sightings.clear()
    assert sightings.new("a", 61.5)


def test_sightings_hold_only_what_is_in_sight():
    sightings = Sightings(2.0)
    for number in range(10_000):
        sightings.new(str(number), number)
    assert len(sightings._last) <= 3


def test_stir_knows_a_person_from_the_light():
    stir = Stir()
    desk = luma()
    stir.look(desk)
    assert not any(stir.look(luma(noise=noise)) for noise in (2.0, 4.0, 6.0))
    assert not stir.look(luma(brightness=1.25))
    assert stir.look(luma(URL))
    assert stir.look(luma(URL, distance=0.3))
    assert not stir.look(desk)
    assert not stir.look(cv2.resize(desk, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def test_only_where_something_new_is_a_second_try_is_made():
    stir = Stir()
    stir.look(luma())
    held = luma(URL, distance=0.4)
    assert stir.look(held)
    part = stir.where(held)
    assert part.size < 0.3 * held.size
    assert Decoder(("qr",)).read(np.ascontiguousarray(part)).payloads == (URL.encode(),)
    assert not stir.look(luma())
    assert stir.where(held).shape == held.shape
