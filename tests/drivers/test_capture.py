"""How every camera behaves: what is told of its picture, its stream, its plug, and what hostile streams can do."""

import resource
import subprocess
import sys
import threading
import time

import pytest
from camera_views import where

from drivers import registry
from drivers.cameras.capture import Capture
from drivers.cameras.settings import CameraSettings
from drivers.contract import CheckHealth, DeviceState, HealthChecked, HealthLevel, Part, Reset
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker
from drivers.registry import DriverConfigError
from drivers.trace import TracedLine

ONLINE, POWER_OFF, USER_ERROR, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.USER_ERROR, DeviceState.HARDWARE_ERROR
QUICK = {"stall_ms": 400, "open_ms": 8000, "no_picture_ms": 600}


@pytest.fixture
def board(bench):
    return bench("camera")


@pytest.fixture
def camera(board, device, ear):
    made = device("cameras.document_camera", "camera", **where(board), **QUICK)
    made.start(ear)
    ear.state(ONLINE)
    return made


@pytest.fixture
def waker():
    made = Waker()
    yield made
    made.close()


def check(camera, ear, command_id):
    camera.do(CheckHealth(role="camera", id=command_id, level=HealthLevel.INTERNAL))
    return ear.answer(command_id)


def test_a_camera_that_shows_changing_pictures_is_well(camera, ear):
    assert camera.status.parts == {"camera": Part.OK, "picture": Part.OK}
    checked = check(camera, ear, "h")
    assert isinstance(checked, HealthChecked)
    assert checked.passed
    assert checked.findings["size"] == "1280x720"


@pytest.mark.parametrize(
    ("trouble", "state", "action"), [({"covered": True}, USER_ERROR, Action.CLEAR), ({"frozen": True}, HARDWARE_ERROR, Action.RESET)], ids=str
)
def test_a_covered_or_frozen_camera_has_no_picture_and_is_told_once_down_and_once_back(camera, board, ear, trouble, state, action):
    board.set(**trouble)
    ear.state(ONLINE, state)
    assert camera.status.error.reason is Reason.NO_PICTURE
    assert camera.status.error.action is action
    assert camera.status.parts == {"camera": Part.OK, "picture": Part.INOPERATIVE}
    assert not check(camera, ear, "h").passed
    board.set(**dict.fromkeys(trouble, False))
    ear.state(ONLINE, state, ONLINE)
    assert camera.status.parts["picture"] is Part.OK


def test_covered_before_the_start(board, device, ear):
    board.set(covered=True)
    camera = device("cameras.document_camera", "camera", **where(board), **QUICK)
    camera.start(ear)
    ear.until(lambda: camera.status.error is not None and camera.status.error.reason is Reason.NO_PICTURE)
    board.set(covered=False)
    ear.until(lambda: camera.status.state is ONLINE and camera.status.error is None)
    assert camera.status.parts["picture"] is Part.OK


def test_frozen_before_the_start_is_unknown_before_it_is_inoperative(board, device, ear):
    board.set(frozen=True)
    camera = device("cameras.document_camera", "camera", **where(board), **{**QUICK, "no_picture_ms": 2500})
    camera.start(ear)
    ear.state(ONLINE)
    assert camera.status.parts["picture"] is Part.UNKNOWN
    assert not check(camera, ear, "h").passed
    ear.state(ONLINE, HARDWARE_ERROR)


def test_the_stream_ends_and_is_opened_anew(camera, board, ear):
    board.set(end=1)
    ear.state(ONLINE, POWER_OFF, ONLINE)
    assert camera.status.error is None


def test_a_stream_that_stalls_is_silent_and_comes_back(camera, board, ear):
    board.set(stall=True)
    ear.state(ONLINE, POWER_OFF)
    assert camera.status.error.reason is Reason.SILENT
    board.set(stall=False)
    ear.state(ONLINE, POWER_OFF, ONLINE)


@pytest.mark.parametrize("damage", [{"half_jpeg": True}, {"garbage_jpeg": True}, {"bad_checksum": True}, {"declared": [65500, 65500]}, {"declared": [8000, 6000]}], ids=str)
def test_damaged_pictures_are_told_and_whole_ones_end_that(board, device, ear, damage):
    camera = device("cameras.document_camera", "camera", **where(board), **{**QUICK, "stall_ms": 5000})  # a busy machine is no stall
    camera.start(ear)
    ear.state(ONLINE)
    board.set(**damage)
    ear.state(ONLINE, HARDWARE_ERROR)
    assert camera.status.error.reason is Reason.GARBLED
    board.set(**{name: [] if name == "declared" else False for name in damage})
    ear.until(lambda: camera.status.error is None)
    assert ear.states() == [ONLINE, HARDWARE_ERROR, ONLINE]


def test_a_few_damaged_pictures_are_no_matter(camera, board, ear):
    board.set(bad_checksum=True, faulty=3)
    ear.until(lambda: board.get()["faulty"] == 0)
    assert check(camera, ear, "h").passed
    assert ear.states() == [ONLINE]


@pytest.mark.parametrize("broken", [{"half_frame": 700}, {"garbage": "before"}, {"garbage": "instead"}], ids=str)
def test_a_stream_out_of_step_recovers(camera, board, ear, broken):
    board.set(**broken, faulty=20)
    ear.until(lambda: board.get()["faulty"] == 0)
    ear.until(lambda: camera.status.state is ONLINE and camera.status.error is None)
    assert check(camera, ear, "h").passed


def test_what_answers_is_no_camera(board, device, ear):
    board.set(not_found=True)
    camera = device("cameras.document_camera", "camera", **where(board), **QUICK)
    camera.start(ear)
    ear.until(lambda: camera.status.error)
    assert (camera.status.error.reason, camera.status.error.action) == (Reason.GARBLED, Action.CONFIGURATION)


def test_a_password_in_the_source_is_never_shown(device, ear, caplog):
    caplog.set_level(0)
    camera = device("cameras.code_camera", "camera", source="http://boss:hunter2@127.0.0.1:9/", **QUICK)
    camera.start(ear)
    ear.until(lambda: camera.status.error)
    assert camera.status.error.reason is Reason.UNPLUGGED
    assert "hunter2" not in str(camera.status.error) + caplog.text + repr(ear.events)


@pytest.mark.parametrize("source", ["file:///etc/passwd", "/etc/passwd", "concat:a|b", "http://", "-1", ""])
def test_a_source_that_is_no_camera_is_a_wrong_setting(device, source):
    with pytest.raises(DriverConfigError, match="source"):
        device("cameras.code_camera", source=source)


def test_a_local_camera_that_is_not_there_is_unplugged(device, ear):
    camera = device("cameras.code_camera", "camera", source="199", **QUICK)
    camera.start(ear)
    ear.state(POWER_OFF)
    assert camera.status.error.reason is Reason.UNPLUGGED


def test_something_local_that_is_no_camera_is_a_wrong_configuration(device, ear):
    camera = device("cameras.code_camera", "camera", source="/dev/null", **QUICK)
    camera.start(ear)
    ear.state(POWER_OFF)
    assert camera.status.error.reason is Reason.NOT_CONFIGURED


def test_whoever_looks_late_sees_the_newest_picture(board, waker):
    with Capture(CameraSettings(**where(board)), waker) as capture:
        assert capture.read(time.monotonic() + 10)
        threading.Event().wait(1.0)  # thirty pictures have come meanwhile
        assert capture.read(time.monotonic() + 1)
        assert time.monotonic() - capture.newest.at < 0.8
        assert 5 < capture.rate < 60


def test_reset_opens_the_camera_anew(camera, ear):
    before = {thread for thread in threading.enumerate() if thread.name.startswith("camera-")}
    camera.do(Reset(role="camera", id="r"))
    ear.answer("r")
    assert ear.states() == [ONLINE]
    assert check(camera, ear, "h").passed
    assert {thread for thread in threading.enumerate() if thread.name.startswith("camera-")} == before


def test_stop_while_the_stream_stalls(camera, board, ear):
    board.set(stall=True)
    camera.stop()
    assert ear.states()[0] is ONLINE


def test_no_command_goes_to_a_camera_that_has_no_line_of_bytes(board, waker):
    with Capture(CameraSettings(**where(board)), waker) as capture:
        with pytest.raises(RuntimeError):
            capture.write(b"x", 0.0)
        assert capture.drain() == b""


def test_a_camera_that_is_gone_ends_each_wait(board, waker):
    with Capture(CameraSettings(**where(board)), waker) as capture:
        assert capture.read(time.monotonic() + 10)
        board.unplug()
        with pytest.raises(DeviceError) as caught:
            capture.rest(time.monotonic() + 10)
        assert caught.value.reason is Reason.UNPLUGGED
        with pytest.raises(DeviceError):
            capture.read(time.monotonic() + 10)


def test_a_stream_whose_first_picture_claims_to_be_huge_takes_no_memory(board, device, ear):
    board.set(declared=[65500, 65500])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    camera = device("cameras.code_camera", "camera", **where(board), **QUICK)
    camera.start(ear)
    ear.until(lambda: camera.status.error)
    camera.stop()
    assert camera.status.error.reason in {Reason.GARBLED, Reason.UNPLUGGED, Reason.SILENT}  # as FFmpeg takes it
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


class Listener:
    """A recorder that keeps what it is told of the line."""

    def __init__(self):
        self.kept = []

    def open(self, opening, waker, redactor):
        return TracedLine(opening(waker), redactor, self)

    def heard(self, kept):
        self.kept.append(kept)

    said = heard

    def broken(self, error):
        pass

    command = event = broken

    def close(self):
        pass


def test_nothing_of_a_picture_is_recorded(board, ear, stack):
    listener = Listener()
    camera = registry.load("camera", "cameras.code_camera", where(board), recorder=listener)
    stack.callback(camera.stop)
    camera.start(ear)
    ear.state(ONLINE)
    assert check(camera, ear, "h").passed
    assert listener.kept == []


LATE = "import sys; from drivers import registry; registry.load('c', sys.argv[1], {'source': '0'}); print(sorted({'cv2', 'zxingcpp', 'numpy', 'pyzbar'} & set(sys.modules)))"


@pytest.mark.parametrize("driver", ["cameras.code_camera", "cameras.document_camera"])
def test_a_driver_that_is_only_loaded_imports_no_heavy_library(driver):
    done = subprocess.run([sys.executable, "-c", LATE, driver], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
