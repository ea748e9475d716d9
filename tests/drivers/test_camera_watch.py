"""The plain functions of all cameras: judgement of pictures over time, sizes in JPEGs, settings of a local camera."""

import cv2
import numpy as np
import pytest
from camera_views import jpegs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drivers.cameras import jpeg as jpeg_headers
from drivers.cameras import picture, source
from drivers.cameras.camera_driver import identity, levels
from drivers.cameras.settings import CameraSettings
from drivers.cameras.watch import Levels, Watch
from drivers.errors import Action, DeviceError, Reason

GOOD, BLACK, PLAIN = Levels(high=200, deviation=40), Levels(high=9, deviation=1), Levels(high=120, deviation=0.5)
SCENE = jpegs(width=640, height=480)[0]


@pytest.fixture
def watch():
    made = Watch(3.0)
    made.begin(100.0)
    return made


def test_a_picture_that_changes_is_one(watch):
    assert [watch.look(100 + number / 4, number, GOOD) for number in range(40)] == [None] * 40
    assert watch.moves
    assert watch.sees


def test_the_first_picture_says_nothing_of_movement(watch):
    watch.look(100, 1, GOOD)
    assert not watch.moves


@pytest.mark.parametrize(("levels_seen", "reason"), [(BLACK, Reason.NO_PICTURE), (PLAIN, Reason.NO_PICTURE), (None, Reason.GARBLED)])
def test_nothing_to_be_seen_counts_after_a_while_and_ends_at_once(watch, levels_seen, reason):
    assert watch.look(102.9, 1, levels_seen) is None
    assert watch.look(103.1, 2, levels_seen).reason is reason
    assert watch.glance(103.2, 3).reason is reason
    assert watch.look(103.3, 4, GOOD) is None
    assert watch.look(106.2, 5, levels_seen) is None


def test_the_same_picture_over_and_over(watch):
    assert watch.look(100, 7, GOOD) is None
    assert watch.glance(102.9, 7) is None
    frozen = watch.glance(103.1, 7)
    assert (frozen.reason, frozen.action) == (Reason.NO_PICTURE, Action.RESET)
    assert watch.glance(103.2, 8) is None


def test_an_opening_begins_patience_anew(watch):
    watch.look(103.1, 1, BLACK)
    watch.begin(200)
    assert watch.look(202, 1, BLACK) is None


@pytest.mark.parametrize("state", [{}, {"brightness": 0.4}, {"blur": 6.0}, {"page": True, "brightness": 1.3}, {"noise": 12}], ids=str)
def test_scenes_that_are_to_be_seen(state):
    assert not levels(picture.of_jpeg(jpegs(**state)[0], 0.0).thumbnail()).covered


@pytest.mark.parametrize("state", [{"covered": True}, {"covered": True, "noise": 8}, {"brightness": 0.02}], ids=str)
def test_scenes_that_are_not(state):
    assert levels(picture.of_jpeg(jpegs(**state)[0], 0.0).thumbnail()).covered


def test_a_white_sheet_close_to_the_lens_covers_it():
    assert levels(np.full((90, 160), 230, np.uint8)).covered


def test_size_of_a_jpeg():
    assert jpeg_headers.size(SCENE) == (640, 480)
    assert jpeg_headers.size(SCENE + bytes(400)) == (640, 480)


def test_a_jpeg_with_another_header_before_its_size():
    comment = b"\xff\xfe\x00\x06made"
    assert jpeg_headers.size(SCENE[:2] + comment + b"\xff" + SCENE[2:]) == (640, 480)


@pytest.mark.parametrize("damaged", [b"", b"\xff\xd8\xff\xd9", SCENE[:-1], SCENE[2:], SCENE[: len(SCENE) // 2], SCENE[:-2] + b"\xff\xd0", SCENE[:120] + b"\xff\xd9"], ids=len)
def test_what_is_not_whole_has_no_size(damaged):
    assert jpeg_headers.size(damaged) is None
    assert picture.of_jpeg(damaged, 0.0) is None


@pytest.mark.parametrize("claim", [(65500, 65500), (0, 480), (50_001, 1_000)])
def test_a_size_no_camera_has(claim):
    at = SCENE.index(b"\xff\xc0") + 5
    assert jpeg_headers.size(SCENE[:at] + claim[1].to_bytes(2, "big") + claim[0].to_bytes(2, "big") + SCENE[at + 4 :]) is None


@given(data=st.binary(max_size=400))
@example(data=b"\xff\xff\xff")
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_bytes_between_the_marks_of_a_jpeg_are_taken(data):
    hostile = picture.of_jpeg(b"\xff\xd8" + data + b"\xff\xd9", 0.0)
    if hostile is not None:
        assert hostile.width * hostile.height <= jpeg_headers.MOST_PIXELS


@given(places=st.lists(st.tuples(st.integers(0, len(SCENE) - 1), st.integers(0, 255)), min_size=1, max_size=40))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_a_damaged_jpeg_is_decoded_or_none(places):
    spoiled = bytearray(SCENE)
    for at, value in places:
        spoiled[at] = value
    made = picture.of_jpeg(bytes(spoiled), 0.0)
    if made is not None and made.width * made.height < 4_000_000:
        for pixels in (made.gray(), made.color(), made.thumbnail(), made.scaled(200)):
            assert pixels is None or pixels.dtype == np.uint8


def test_a_picture_shows_no_pixel_in_its_repr():
    assert repr(picture.of_jpeg(SCENE, 1.5)).startswith("Picture(at=1.5, mark=")
    assert "\\x" not in repr(picture.of_jpeg(SCENE, 1.5))
    assert "array" not in repr(picture.of_pixels(np.zeros((4, 4, 3), np.uint8), 1.5))


def test_pixels_of_a_camera_without_jpeg():
    bgr = cv2.imdecode(np.frombuffer(SCENE, np.uint8), cv2.IMREAD_COLOR)
    made = picture.of_pixels(bgr, 2.0)
    assert (made.width, made.height) == (640, 480)
    assert made.gray().shape == (480, 640)
    assert made.thumbnail().shape == (60, 80)
    assert made.scaled(320).shape == (240, 320, 3)
    assert jpeg_headers.size(made.jpeg) == (640, 480)
    assert made.mark == picture.of_pixels(bgr.copy(), 3.0).mark
    assert made.mark != picture.of_pixels(bgr[::-1].copy(), 3.0).mark
    assert picture.of_pixels(np.zeros((0, 0, 3), np.uint8), 0.0) is None
    assert picture.of_pixels(np.zeros((9, 9), np.uint8), 0.0).gray().shape == (9, 9)


class LocalCamera:
    """OpenCV's capture of a USB camera, as far as a source uses it."""

    def __init__(self, *, jpeg, frames):
        self.asked = []
        self.props = {cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*("MJPG" if jpeg else "YUYV")), cv2.CAP_PROP_CONVERT_RGB: 1}
        self.frames = list(frames)
        self.released = False

    def __call__(self, path, backend):
        assert backend == cv2.CAP_V4L2
        self.path = path
        return self

    def set(self, name, value):
        self.asked.append((name, value))
        if name == cv2.CAP_PROP_CONVERT_RGB:
            self.props[name] = value
        return True

    def get(self, name):
        return float(self.props.get(name, 0))

    def isOpened(self):  # noqa: N802 - OpenCV's name
        return True

    def read(self):
        return (True, self.frames.pop(0)) if self.frames else (False, None)

    def release(self):
        self.released = True


@pytest.fixture
def local(monkeypatch):
    def make(*, jpeg, frames, **settings):
        camera = LocalCamera(jpeg=jpeg, frames=frames)
        monkeypatch.setattr(source.cv2, "VideoCapture", camera)
        return camera, source.Source(CameraSettings(source="7", **settings))

    return make


def test_a_local_camera_is_asked_for_jpeg_first_then_for_all_that_is_set(local):
    camera, _ = local(jpeg=True, frames=[], width=1920, height=1080, fps=15, focus=30, exposure=120)
    assert camera.path == "/dev/video7"
    assert [value for _, value in camera.asked] == [cv2.VideoWriter.fourcc(*"MJPG"), 1920, 1080, 15, 0, 30, 1, 120, 0]
    assert camera.asked[-1][0] == cv2.CAP_PROP_CONVERT_RGB


def test_a_local_camera_left_to_itself_focuses_itself(local):
    camera, _ = local(jpeg=True, frames=[])
    assert (cv2.CAP_PROP_AUTOFOCUS, 1.0) in camera.asked
    assert cv2.CAP_PROP_EXPOSURE not in dict(camera.asked)


def test_a_local_camera_that_sends_jpeg_is_not_decoded(local):
    _, opened = local(jpeg=True, frames=[np.frombuffer(SCENE, np.uint8)[None]])
    assert opened.read().jpeg == SCENE


def test_a_local_camera_without_jpeg(local):
    camera, opened = local(jpeg=False, frames=[np.full((480, 640, 3), 90, np.uint8)])
    assert opened.read().gray()[0, 0] == 90
    with pytest.raises(DeviceError) as caught:
        opened.read()
    assert caught.value.reason is Reason.UNPLUGGED
    opened.close()
    assert camera.released


def test_a_picture_of_another_size_than_the_stream_is_damaged(local):
    _, opened = local(jpeg=False, frames=[np.zeros((480, 640, 3), np.uint8), np.zeros((481, 640, 3), np.uint8), np.zeros((480, 640, 3), np.uint8)])
    assert [opened.read() is not None for _ in range(3)] == [True, False, True]


def test_who_a_local_camera_is(tmp_path):
    camera = tmp_path / "video7"
    (tmp_path / "usb" / "interface").mkdir(parents=True)
    (tmp_path / "usb" / "serial").write_text("SN-0001\n")
    camera.mkdir()
    (camera / "name").write_text("Document Camera\n")
    (camera / "device").symlink_to(tmp_path / "usb" / "interface")
    assert identity("/dev/video7", tmp_path) == {"model": "Document Camera", "serial": "SN-0001"}
    assert identity("/dev/video8", tmp_path) == {}
    assert identity(None, tmp_path) == {}
