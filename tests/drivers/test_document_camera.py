"""The camera that pictures pages, on the bench."""

import cv2
import numpy as np
import pytest
from camera_views import PATIENT, jpegs, luma, where
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from drivers.cameras import jpeg as jpeg_headers
from drivers.cameras import page_finder, page_sight, picture
from drivers.cameras.preview import Previews
from drivers.contract import Cancel, CheckHealth, DeviceState, Failed, HealthLevel, PageTaken, PersonAsked, ReadCard, TakePage
from drivers.errors import Action, DeviceError, Reason
from drivers.registry import DriverConfigError

ONLINE = DeviceState.ONLINE


@pytest.fixture
def board(bench):
    return bench("camera")


@pytest.fixture
def make(board, device, ear):
    def start(**settings):
        camera = device("cameras.document_camera", "camera", **where(board), **PATIENT | {"patience_ms": 2500, "no_picture_ms": 600} | settings)
        camera.start(ear)
        ear.state(ONLINE)
        return camera

    return start


def take(camera, ear, command_id="t"):
    camera.do(TakePage(role="camera", id=command_id))
    return ear.answer(command_id)


def pixels(frame):
    return cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)


def test_a_page_that_lies_still_is_taken_as_the_camera_sent_it(make, board, ear):
    board.set(page=True, width=1920, height=1080)
    camera = make()
    taken = take(camera, ear)
    assert isinstance(taken, PageTaken)
    assert (taken.page.width, taken.page.height) == (1920, 1080)
    assert pixels(taken.page).shape == (1080, 1920, 3)
    assert taken.page.jpeg in jpegs(page=True, width=1920, height=1080)
    assert taken.sharpness > 1.45
    assert camera.counters["pageTakenCount"] == 1


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ({"blur": 2.5}, Reason.IMAGE_BLURRED),
        ({"motion": 14}, Reason.IMAGE_BLURRED),
        ({"shake": 12}, Reason.IMAGE_BLURRED),
        ({"page": False}, Reason.IMAGE_BLURRED),
        ({"brightness": 0.3}, Reason.IMAGE_DARK),
        ({"glare": 0.02}, Reason.IMAGE_GLARE),
        ({"noise": 14, "blur": 2.5}, Reason.IMAGE_BLURRED),
    ],
    ids=str,
)
def test_what_hinders_is_told(board, device, ear, trouble, reason):
    board.set(**{"page": True} | trouble)
    camera = device("cameras.document_camera", "camera", **where(board), patience_ms=1000, no_picture_ms=600, **PATIENT)
    camera.start(ear)
    ear.until(ear.states, "a first status")
    refused = take(camera, ear)
    assert isinstance(refused, Failed)
    assert refused.error.reason is reason
    assert camera.counters["pageRefusedCount"] == 1
    assert "pageTakenCount" not in camera.counters


@pytest.mark.parametrize("trouble", [{"covered": True}, {"frozen": True}], ids=str)
def test_covered_or_frozen_while_a_page_is_waited_for(make, board, ear, trouble):
    camera = make()
    board.set(**trouble)
    refused = take(camera, ear)
    assert refused.error.reason is Reason.NO_PICTURE
    assert camera.status.error.reason is Reason.NO_PICTURE


@pytest.mark.parametrize("harmless", [{"brightness": 0.55}, {"brightness": 1.3}, {"noise": 8}, {"rotation": 90}, {"tilt": 0.3}, {"blur": 0.7}], ids=str)
def test_what_does_not_hinder(make, board, ear, harmless):
    board.set(page=True, width=1920, height=1080, **harmless)
    assert isinstance(take(make(patience_ms=8000), ear), PageTaken)


def test_a_page_is_taken_as_soon_as_the_hand_has_left(make, board, ear):
    board.set(page=True, shake=12)
    camera = make(patience_ms=15_000)
    camera.do(TakePage(role="camera", id="t"))
    camera.do(CheckHealth(role="camera", id="h", level=HealthLevel.INTERNAL))  # waits behind it
    seen = camera.newest
    ear.until(lambda: camera.newest and camera.newest != seen, "a picture meanwhile")
    assert ear.finals("t") == []
    board.set(shake=0)
    assert isinstance(ear.answer("t"), PageTaken)


def test_cancelled_while_it_waits_for_a_page(make, ear):
    camera = make(patience_ms=30_000)
    camera.do(TakePage(role="camera", id="t"))
    camera.do(Cancel(role="camera", id="c", of="t"))
    assert ear.answer("t").error.reason is Reason.CANCELED
    assert "pageRefusedCount" not in camera.counters


def test_unplugged_while_it_waits_for_a_page(make, board, ear):
    camera = make(patience_ms=30_000)
    camera.do(TakePage(role="camera", id="t"))
    board.unplug()
    assert ear.answer("t").error.reason is Reason.UNPLUGGED
    board.plug()
    ear.state(ONLINE, DeviceState.POWER_OFF, ONLINE)


def test_only_the_page_is_kept_where_that_is_wished(make, board, ear):
    board.set(page=True, width=1920, height=1080, rotation=6)
    taken = take(make(crop=True), ear)
    assert taken.page.height / taken.page.width == pytest.approx(297 / 210, abs=0.08)
    page = pixels(taken.page)
    assert jpeg_headers.size(taken.page.jpeg) == (taken.page.width, taken.page.height)
    assert page.shape[:2] == (taken.page.height, taken.page.width)
    border = np.concatenate([page[5:-5, 8], page[5:-5, -8], page[8, 5:-5], page[-8, 5:-5]])
    assert np.median(border) > 200  # paper up to the edges, no desk


def test_the_interactive_check_passes_with_a_page_and_keeps_nothing(make, board, ear):
    camera = make()
    camera.do(CheckHealth(role="camera", id="i", level=HealthLevel.INTERACTIVE))
    assert ear.first(PersonAsked).key == "check-lay-page"
    board.set(page=True)
    checked = ear.answer("i")
    assert checked.passed
    assert set(checked.findings) == {"size", "sharpness"}
    assert "pageTakenCount" not in camera.counters


def test_previews_follow_the_camera_and_grow_stale_with_it(make, board, ear):
    board.set(width=1920, height=1080)
    camera = make(preview_width=640)
    ear.until(lambda: camera.newest, "a preview")
    first = camera.newest
    assert (first.width, first.height) == (640, 360)
    assert jpeg_headers.size(first.jpeg) == (640, 360)
    ear.until(lambda: camera.newest.at > first.at)
    board.unplug()
    ear.until(lambda: camera.newest is None, "the preview to grow stale")


def test_previews_go_on_while_a_page_is_waited_for(make, ear):
    camera = make(patience_ms=30_000)
    camera.do(TakePage(role="camera", id="t"))
    ear.until(lambda: camera.newest, "a preview")
    first = camera.newest
    ear.until(lambda: camera.newest.at > first.at)
    assert ear.finals("t") == []


def test_a_command_for_another_device(make, ear):
    camera = make()
    camera.do(ReadCard(role="camera", id="u"))
    assert ear.answer("u").error == DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, "ReadCard")


def test_a_page_is_never_shown(make, board, ear, caplog):
    caplog.set_level(0)
    board.set(page=True)
    camera = make()
    taken = take(camera, ear)
    shown = repr(ear.events) + caplog.text
    assert "Frame(" not in shown
    assert "\\xff\\xd8" not in shown + repr(taken)


@pytest.mark.parametrize("wrong", [{"sharpness": 0.5}, {"glare": 2}, {"preview_width": 10}, {"patience_ms": 1}, {"width": 10}], ids=str)
def test_wrong_settings(device, wrong):
    with pytest.raises(DriverConfigError, match=next(iter(wrong))):
        device("cameras.document_camera", source="0", **wrong)


@pytest.mark.parametrize("noise", [1.0, 4.0, 10.0])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (2592, 1944)])
def test_one_limit_of_sharpness_holds_for_every_size_and_noise(size, noise):
    width, height = size
    sharp, blurred, moved = (page_sight.sharpness(luma(page=True, width=width, height=height, noise=noise, **spoilt)) for spoilt in ({}, {"blur": 2.5}, {"motion": 12}))
    assert blurred < 1.45 < sharp
    assert moved < 1.45


def test_sharpness_of_nothing_is_none():
    assert page_sight.sharpness(luma()) == 0.0
    assert page_sight.sharpness(np.zeros((50, 50), np.uint8)) == 0.0


def test_glare_is_a_spot_and_not_a_bright_page():
    assert page_sight.light(luma(page=True)).glare == 0.0
    assert page_sight.light(luma(page=True, brightness=1.3)).glare == 0.0
    assert page_sight.light(luma(page=True, glare=0.01)).glare > 0.01


def test_movement_is_seen_through_noise():
    still = [page_sight.shrunk(cv2.imdecode(np.frombuffer(one, np.uint8), 0)) for one in jpegs(page=True, noise=10.0)]
    shaken = [page_sight.shrunk(cv2.imdecode(np.frombuffer(one, np.uint8), 0)) for one in jpegs(page=True, shake=6)]
    assert max(page_sight.moved(still[0], one) for one in still) < 0.001
    assert page_sight.moved(shaken[0], shaken[1]) > 0.01
    assert page_sight.moved(still[0], still[0][:10]) == 1.0


@pytest.mark.parametrize("rotation", [0, 4, 20, -20, 90])
def test_a_page_is_found(rotation):
    corners = page_finder.find(luma(page=True, width=1920, height=1080, rotation=rotation))
    assert corners is not None
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    assert max(sides) / min(sides) == pytest.approx(297 / 210, abs=0.12)


@pytest.mark.parametrize("state", [{}, {"page": True, "covered": True}, {"page": True, "glare": 0.25}, {"page": True, "rotation": 45, "tilt": 0.6}], ids=str)
def test_in_doubt_there_is_no_page(state):
    assert page_finder.find(luma(**state)) is None


@given(drawn=arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=70)))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_no_page_is_made_up_and_no_picture_is_too_strange(drawn):
    page_finder.find(drawn)
    if drawn.size:
        page_sight.light(drawn)
        page_sight.sharpness(drawn)


@given(corners=st.lists(st.tuples(st.floats(-50, 250), st.floats(-50, 250)), min_size=4, max_size=4))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_any_corners_give_a_picture_not_larger_than_before(corners):
    made = page_finder.straightened(np.zeros((200, 200, 3), np.uint8), np.array(corners, np.float32))
    assert made.shape[0] * made.shape[1] <= 200 * 200 * 1.1


def test_a_preview_of_a_damaged_picture_is_none():
    previews = Previews(160, 10)
    damaged = jpegs(width=640, height=480)[0]
    damaged = damaged[: len(damaged) // 3] + b"\xff\xd9"
    previews.offer(picture.of_jpeg(damaged, 0.0))
    assert previews.newest is None
