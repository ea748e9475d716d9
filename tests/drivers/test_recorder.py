"""The file a recording is written to: who can read it, what is in it, and that nothing that goes wrong with it stops the device."""

import json
import os
import stat

import pytest
from echo import Echo, ping
from gauge import NoWords

from drivers import registry
from drivers.context import Context
from drivers.contract import Capabilities, Line, Paper, Print
from drivers.line import NoLine
from drivers.recordings import recording
from drivers.recordings.recorder import FileRecorder
from drivers.recordings.recording import RecordingError
from drivers.recordings.script import script
from drivers.runner import Runner
from drivers.transport import SerialSettings, serial_line

SECRET = "测试甲一"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "device.trace.jsonl"


@pytest.fixture
def make(line, stack, file):
    """A device with the echo for a driver, recorded."""

    def build(redactor=NoWords, most_bytes=1_000_000, open_line=None, **settings):
        driver = Echo()
        driver.redactor = redactor
        recorder = FileRecorder(file, most_bytes)
        recorder.describe("made.up", "device", {"port": line[1], **settings}, Capabilities())
        device = Runner(Context(role="device", recorder=recorder), driver, open_line or serial_line(SerialSettings(port=line[1])))
        stack.callback(device.stop)
        return device, driver

    return build


def said_by(link, data):
    link.send(data)
    link.pause(60)


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_only_the_owner_can_read_it_whatever_the_umask(make, file, ear):
    before = os.umask(0)
    try:
        device, _ = make()
        device.start(ear)
        ear.until(lambda: ear.events)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_said_is_there_while_the_device_still_runs(make, file, ear, line):
    device, driver = make()
    driver.on_idle = lambda link: said_by(link, b"abc<secret>")
    device.start(ear)
    ear.until(lambda: any("out" in one for one in lines(file)))
    os.write(line[0], b"xyz")
    (out,) = [one["out"] for one in lines(file) if "out" in one]
    assert bytes.fromhex(out) == b"abc<xxxxxx>"


def test_neither_port_nor_secret_is_in_it(make, file, ear, line):
    device, _ = make(api_key="geheim", token="abcd", user_name="wang")
    device.start(ear)
    ear.until(lambda: ear.events)
    os.close(os.open(line[1], os.O_RDWR | os.O_NOCTTY))
    device.stop()
    text = file.read_text(encoding="utf-8")
    for secret in (line[1], "geheim", "abcd", "wang"):
        assert secret not in text
    assert lines(file)[0]["settings"] == dict.fromkeys(("port", "api_key", "token", "user_name"), "left-out")


def test_without_a_redactor_only_lengths_are_kept_and_it_cannot_be_played(make, file, ear):
    device, driver = make(redactor=Echo().redactor)
    driver.on_idle = lambda link: said_by(link, SECRET.encode())
    device.start(ear)
    ear.until(lambda: any("out" in one for one in lines(file)))
    device.stop()
    assert SECRET.encode().hex() not in file.read_text(encoding="utf-8")
    with pytest.raises(RecordingError, match="no redactor"):
        script(recording.read(file))


def test_a_redactor_that_fails_lets_nothing_through(make, file, ear):
    class Fails:
        def feed(self, direction, data):
            raise ValueError(data)

    device, driver = make(redactor=Fails)
    driver.on_idle = lambda link: said_by(link, SECRET.encode())
    device.start(ear)
    ear.until(lambda: any("out" in one for one in lines(file)))
    device.stop()
    (out,) = [one["out"] for one in lines(file) if "out" in one]
    assert bytes.fromhex(out) == bytes(len(SECRET.encode()))
    with pytest.raises(RecordingError, match="the redactor failed: ValueError"):
        script(recording.read(file))


def test_a_device_of_a_library_has_no_bytes_to_play(make, file, ear):
    device, driver = make(open_line=NoLine)
    driver.on_idle = lambda link: link.pause(60)
    device.start(ear)
    ear.until(lambda: ear.events)
    device.stop()
    with pytest.raises(RecordingError, match="past the line"):
        script(recording.read(file))


def test_the_newest_two_files_are_kept_and_the_newer_says_that_it_is_continued(make, file, ear):
    device, driver = make(most_bytes=4000)
    driver.on_idle = lambda link: link.send(b"x" * 50)
    device.start(ear)
    older = file.with_name("device.trace.1.jsonl")
    ear.until(lambda: older.exists() and lines(older)[0]["continued"])
    device.stop()
    assert file.stat().st_size <= 4000
    assert older.stat().st_size <= 4000
    assert sorted(path.name for path in file.parent.iterdir()) == [older.name, file.name]


def test_a_recording_of_before_is_moved_aside_at_the_start(make, file, ear):
    file.parent.mkdir()
    file.write_text("before", encoding="utf-8")
    device, _ = make()
    device.start(ear)
    ear.until(lambda: ear.events)
    device.stop()
    assert file.with_name("device.trace.1.jsonl").read_text(encoding="utf-8") == "before"


def test_a_device_that_is_started_again_goes_on_in_the_same_file(make, file, ear):
    device, _ = make()
    for _ in range(2):
        device.start(ear)
        ear.until(lambda: device.status.state == "online")
        device.stop()
    assert [one["open"] for one in lines(file) if "open" in one] == ["bytes", "bytes"]
    assert not file.with_name("device.trace.1.jsonl").exists()


def test_a_disk_that_fails_ends_the_recording_and_not_the_device(make, file, ear):
    file.parent.write_text("a file where the folder should be", encoding="utf-8")
    device, _ = make()
    device.start(ear)
    ping(device)
    ear.answer("1")
    assert device.status.state == "online"


def test_what_is_printed_is_filler_of_the_same_shape(make, file, ear):
    device, driver = make()
    driver.capabilities = Capabilities(commands=("Print",))
    device.start(ear)
    device.do(Print(role="device", id="p", paper=Paper((Line(f"{SECRET} A-12", 2, bold=True),))))
    ear.answer("p")
    device.stop()
    (given,) = [one["command"] for one in lines(file) if "command" in one]
    assert given["paper"]["blocks"] == [{"type": "Line", "text": "中中中中 A-00", "size": 2, "align": "left", "bold": True}]


def test_nothing_is_written_without_the_switch(tmp_path, line, stack, ear):
    for trace in (False, True):
        device = registry.load("device", "scanners.serial_code", {"port": line[1], "trace": trace}, keep=tmp_path)
        stack.callback(device.stop)
        device.start(ear)
        ear.until(lambda: ear.events)
        device.stop()
        ear.events.clear()
        assert (tmp_path / "device.trace.jsonl").exists() is trace
