"""`kiosk devices` as a technician uses it: real drivers, devices on the bench, words and exit codes."""

import json
import os
import time
from pathlib import Path

import pytest
from devices_said import as_json, kiosk

from drivers import registry

RECORDING = Path(__file__).resolve().parents[2] / "drivers/recordings/sdt_id_card_is_moved.jsonl"


def test_each_command_explains_itself():
    for command in ("list", "watch", "test", "reset", "trace", "replay", "drivers"):
        result = kiosk(command, "--help")
        assert result.exit_code == 0
        assert len(result.output) > 200


def test_devices_that_can_be_used_are_listed(both):
    result = kiosk("list", "--config", both)
    assert result.exit_code == 0, result.output
    head, *lines = result.output.splitlines()
    state = head.index("STATE")
    assert [line[state : state + 6] for line in lines] == ["online", "online"]
    assert "serial" in result.output


def test_a_device_that_is_away_is_named_with_what_to_do(both, boards):
    boards["id_reader"].unplug()
    result = kiosk("list", "--config", both, "--language", "en")
    assert result.exit_code == 1
    assert "it is not connected; somebody on site puts it right (unplugged" in result.output
    found, again = as_json("list", "--config", both)
    assert again.exit_code == 1
    reader, printer = found["devices"]
    assert (reader["usable"], printer["usable"]) == (False, True)
    assert reader["error"]["action"] == "clear"
    assert reader["error"]["sentence"] == "连接断开"
    assert printer["identity"]["model"]


def test_an_open_cover_is_the_printers_trouble_and_not_silence(both, boards):
    boards["receipt_printer"].set(cover="open")
    result = kiosk("list", "--config", both, "--language", "en")
    assert result.exit_code == 1
    assert "userError" in result.output
    assert "cover open" in result.output


def test_a_device_that_another_program_holds_is_in_use_and_not_broken(both, boards, stack):
    device = registry.load("id_reader", "readers.sdt_id", {"port": boards["id_reader"].port})
    stack.callback(device.stop)
    device.start(lambda _: None)
    deadline = time.monotonic() + 10
    while device.status.state != "online":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    found, result = as_json("list", "--config", both)
    assert result.exit_code == 0
    reader = found["devices"][0]
    assert (reader["state"], reader["usable"], reader["error"]) == ("inUse", None, None)
    assert str(os.getpid()) in reader["held"]
    tested = kiosk("test", "id_reader", "--config", both)
    assert tested.exit_code == 2
    assert "in use by another program" in tested.output
    traced = kiosk("trace", "id_reader", "--config", both, "--out", boards["id_reader"].folder / "t.jsonl", "--seconds", 0)
    assert traced.exit_code == 1
    assert "in use" in traced.output


def test_a_device_that_is_well_passes(both):
    result = kiosk("test", "id_reader", "--config", both)
    assert result.exit_code == 0
    assert "id_reader: passed" in result.output
    tested, _ = as_json("test", "receipt_printer", "--config", both)
    assert tested["outcome"] == "passed"
    assert tested["level"] == "internal"
    assert tested["findings"]
    assert tested["error"] is None


def test_a_device_that_is_not_well_fails(both, boards):
    boards["receipt_printer"].set(paper="out")
    tested, result = as_json("test", "receipt_printer", "--config", both)
    assert result.exit_code == 1
    assert (tested["outcome"], tested["error"]["reason"]) == ("failed", "paperOut")


def test_a_device_that_is_away_could_not_be_tested(both, boards):
    boards["id_reader"].unplug()
    result = kiosk("test", "id_reader", "--config", both, "--language", "en")
    assert result.exit_code == 2
    assert "not possible" in result.output
    assert "it is not connected" in result.output


def test_an_interactive_check_says_what_will_happen_and_asks_first(both, boards):
    boards["id_reader"].set(card="jia")
    refused = kiosk("test", "id_reader", "--config", both, "--level", "interactive", said="n\n")
    assert refused.exit_code == 2
    assert "may move, light or print" in refused.output
    done = kiosk("test", "id_reader", "--config", both, "--level", "interactive", "--language", "en", "--yes")
    assert done.exit_code == 0, done.output
    assert "Lay an ID card on the reader" in done.output


def test_a_check_that_the_device_does_not_have_could_not_be_made(both):
    result = kiosk("test", "id_reader", "--config", both, "--level", "external", "--yes")
    assert result.exit_code == 2
    assert "this device has these checks: internal, interactive" in result.output


def test_a_choice_is_asked_for_in_words(both, boards):
    boards["receipt_printer"].set(speed_mm_s=2000)
    for said, outcome in (("1\n", 0), ("2\n", 1)):
        result = kiosk("test", "receipt_printer", "--config", both, "--level", "interactive", "--yes", "--language", "en", said=said)
        assert result.exit_code == outcome, result.output
        assert "1  Yes" in result.output


def test_a_reset_is_asked_for_done_and_counted(both, tmp_path):
    assert kiosk("reset", "id_reader", "--config", both, said="n\n").exit_code == 2
    for _ in range(2):
        assert kiosk("reset", "id_reader", "--config", both, "--yes").exit_code == 0
    counts = json.loads((tmp_path / "state/devices/id_reader.json").read_text(encoding="utf-8"))
    assert [count["resetCount"] for count in counts.values() if count] == [2]
    impossible = kiosk("reset", "id_reader", "--config", both, "--yes", "--to", "retain")
    assert impossible.exit_code == 2


def test_a_trace_can_be_replayed(both, tmp_path):
    out = tmp_path / "reader.jsonl"
    result = kiosk("trace", "id_reader", "--config", both, "--out", out, "--seconds", 0.3)
    assert result.exit_code == 0, result.output
    assert out.stat().st_mode & 0o777 == 0o600
    played = kiosk("replay", out)
    assert played.exit_code == 0, played.output
    assert "the same 1 events" in played.output


def test_a_trace_that_cannot_be_written_is_said(both, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = kiosk("trace", "id_reader", "--config", both, "--out", tmp_path / "file" / "x.jsonl", "--seconds", 0)
    assert result.exit_code == 1
    assert "could not be written" in result.output


def test_a_replay_that_tells_otherwise_fails(tmp_path):
    changed = tmp_path / "changed.jsonl"
    changed.write_text(RECORDING.read_text(encoding="utf-8").replace('"cardMoved"', '"cardRefused"'), encoding="utf-8")
    result = kiosk("replay", changed)
    assert result.exit_code == 1
    assert "- " in result.output
    report, again = as_json("replay", RECORDING)
    assert again.exit_code == 0
    assert report["same"]


def test_what_is_no_recording_is_said_in_one_sentence(tmp_path):
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"\x00\xff")
    result = kiosk("replay", file)
    assert result.exit_code == 1
    assert result.output.startswith("Error: x.jsonl: line 1: ")
    assert len(result.output.splitlines()) == 1


def test_drivers_are_listed_with_their_grade():
    result = kiosk("drivers")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()[1:]] == registry.names()
    everything, _ = as_json("drivers")
    assert {one["driver"] for one in everything} == set(registry.names())
    assert everything[0]["rules"]["contract"]["tier"] == "bronze"


@pytest.mark.parametrize(
    ("arguments", "entry", "said"),
    [
        (["list"], {"driver": "readers.sdt_idd", "port": "x"}, "nearest is 'readers.sdt_id'"),
        (["list"], {"driver": "readers.sdt_id", "prt": "x"}, "nearest is 'port'"),
        (["test", "printer"], {"driver": "readers.sdt_id", "port": "x"}, "there is no device 'printer'; there are id_reader"),
        (["list", "--language", "fr"], {"driver": "readers.sdt_id", "port": "x"}, "there is no 'fr'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(config, arguments, entry, said):
    result = kiosk(*arguments, "--config", config(id_reader=entry))
    assert result.exit_code in {1, 2}
    assert said in result.output
    assert "Traceback" not in result.output
