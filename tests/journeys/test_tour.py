"""The whole program as a process: real QML, real wire protocols on pseudo-terminals, the real office."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FEW = ("ticket", "ticket_many_ahead", "ticket_paper_runs_out", "case_by_card", "case_in_parallel", "nobody_there_any_more")


def tour(out, *arguments):
    command = [sys.executable, "-m", "kiosk", "tour", "--out", str(out), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)


@pytest.mark.timeout(420)
@pytest.mark.parametrize(
    ("orientation", "language", "care", "journeys"),
    [
        ("portrait", "zh-CN", False, ()),
        ("landscape", "en", False, ()),
        ("portrait", "en", True, FEW),
        ("landscape", "zh-CN", True, FEW),
    ],
)
def test_every_journey_goes_as_it_should(tmp_path, heavy, orientation, language, care, journeys):
    wanted = () if heavy else journeys
    looks = ["--orientation", orientation, "--language", language, *(["--care"] if care else [])]
    done = tour(tmp_path, *looks, *(argument for name in wanted for argument in ("--journey", name)))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {journey["name"]: journey["error"] for journey in report["journeys"] if not journey["ok"]} == {}, done.stderr[-4000:]
    assert done.returncode == 0
    for journey in report["journeys"]:
        assert journey["screens"]
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
