"""From the start of the process to the first frame of the attract screen, beside a bare Qt Quick window."""

import signal
import subprocess
import time
from collections import defaultdict

from figures import SPREAD, median, say, spread, table
from stage import Stage

RUNS = 15
SHOWN = 12
AIM = 1.6


def measure(stage: Stage) -> None:
    terminal, bare = ("first_frame.py", str(stage.config)), ("bare_window.py",)
    frames: dict[tuple[str, ...], list[float]] = {terminal: [], bare: []}
    started = []
    for run in range(RUNS + 1):
        for script, taken in frames.items():
            times = _start(stage, *script)
            if run:  # the first one fills the caches
                taken.append(times[0])
                started += times[1:]
    ratio = median(frames[terminal]) / median(frames[bare])
    rows = [
        ["terminal, to the first frame", *spread(frames[terminal]), ""],
        ["bare Qt Quick window, to the first frame", *spread(frames[bare]), ""],
        ["ratio of the medians", f"{ratio:.2f}", "", "", "", f"<= {AIM}"],
        ["terminal, to its devices started", *spread(started), ""],
    ]
    table("Start", ["", *SPREAD, "aim"], rows)
    _imports(stage)


def _start(stage: Stage, script: str, *arguments: str, options: tuple[str, ...] = ()) -> list[float]:
    """Start it; ms until it said "frame", and the terminal until it said "started"."""
    began, times = time.perf_counter(), []
    with stage.child(script, *arguments, options=options) as process:
        assert process.stdout is not None
        for expected in ("frame\n", "started\n") if arguments else ("frame\n",):
            line = process.stdout.readline()
            times.append((time.perf_counter() - began) * 1000)
            if line != expected:
                raise RuntimeError(f"{script}: {stage.log.read_text(encoding='utf-8')}")
        _end(process)
    return times


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()


def _imports(stage: Stage) -> None:
    """Where the time of the imports goes; counting them makes them slower by a third or so."""
    _start(stage, "first_frame.py", str(stage.config), options=("-X", "importtime"))
    packages: defaultdict[str, float] = defaultdict(float)
    modules: list[tuple[float, str]] = []
    for line in stage.log.read_text(encoding="utf-8").partition("\nframe\n")[0].splitlines():
        if not line.startswith("import time:") or "[us]" in line:
            continue
        own, _, name = line.removeprefix("import time:").split("|")
        packages[name.strip().partition(".")[0]] += int(own) / 1000
        modules.append((int(own) / 1000, name.strip()))
    say(f"   imports before the first frame: {len(modules)} modules, {sum(packages.values()):.0f} ms (as -X importtime counts)")
    largest = sorted(packages.items(), key=lambda entry: -entry[1])[:SHOWN]
    say("   by package: " + ", ".join(f"{name} {ms:.0f}" for name, ms in largest))
    say("   by module:  " + ", ".join(f"{name} {ms:.0f}" for ms, name in sorted(modules, reverse=True)[:SHOWN]))
