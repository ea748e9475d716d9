"""The whole program as a process: real QML, real wire protocols on pseudo-terminals, the real office."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
CITIZENS = ("[!d]*",)  # the journeys of devices look the same in every look, and are driven in the first
DEVICES = ("device_cabinet", "device_a4_printer", "device_social_card_reader")
FEW = ("ticket", "ticket_many_ahead", "ticket_paper_runs_out", "case_by_card", "case_in_parallel", "nobody_there_any_more")


def config_without_what_citizens_do_not_use(folder):
    """The shipped config with three devices: the looks of the citizen's screen need no cameras at work beside them."""
    config = Path(shutil.copytree(ROOT / "config", folder / "config"))
    devices = (config / "devices.toml").read_text(encoding="utf-8")
    (config / "devices.toml").write_text(devices[: devices.index("[a4_printer]")], encoding="utf-8")
    return config


def tour(out, *arguments):
    command = [sys.executable, "-m", "kiosk", "tour", "--out", str(out), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)


@pytest.mark.timeout(420)
@pytest.mark.parametrize(
    ("orientation", "language", "care", "journeys"),
    [
        ("portrait", "zh-CN", False, (*CITIZENS, *DEVICES)),
        ("landscape", "en", False, FEW),
        ("portrait", "en", True, FEW),
        ("landscape", "zh-CN", True, FEW),
    ],
)
def test_every_journey_goes_as_it_should(tmp_path, heavy, orientation, language, care, journeys):
    wanted = () if heavy else journeys
    looks = ["--orientation", orientation, "--language", language, *(["--care"] if care else [])]
    if DEVICES[0] not in journeys and not heavy:
        looks += ["--config", str(config_without_what_citizens_do_not_use(tmp_path))]
    done = tour(tmp_path, *looks, *(argument for name in wanted for argument in ("--journey", name)))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {journey["name"]: journey["error"] for journey in report["journeys"] if not journey["ok"]} == {}, done.stderr[-4000:]
    assert done.returncode == 0
    for journey in report["journeys"]:
        assert journey["screens"] or journey["papers"]
        for file in journey["screens"]:
            with Image.open(tmp_path / file) as picture:
                assert picture.size == ((1080, 1920) if orientation == "portrait" else (1920, 1080))
                assert len(picture.convert("P").getcolors()) > 8  # something is drawn on it
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(file in page for journey in report["journeys"] for file in (*journey["screens"], *journey["papers"]))


def test_an_unknown_journey_is_named_with_those_there_are(tmp_path):
    done = tour(tmp_path, "--journey", "nonsense")
    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert "case_by_card" in done.stderr


def test_the_journeys_can_be_listed(tmp_path):
    done = tour(tmp_path, "--list")
    assert "case_by_card" in done.stdout
    assert not list(tmp_path.iterdir())
