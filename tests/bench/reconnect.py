"""How soon a device that was plugged in again can be used: driver by driver, after a second away and after many."""

import os
from collections.abc import Sequence

from figures import median, say, table
from stage import Stage

AIM = 2


def measure(stage: Stage) -> None:
    load = os.getloadavg()[0]
    found = stage.result("replug.py")
    short, long = (f"away {seconds:.0f} s" for seconds in found["away"])
    head = ["driver", short, "worst", "n", long, "worst", "n", "told as away after", "aim"]
    rows = [
        [one["name"], *_spread(one["short"]), *_spread(one["long"]), f"{median(one['noticed']):.2f} s", f"<= {AIM} s"]
        for one in found["results"]
    ]
    table(f"From plugged in to online, medians (load {load:.1f}; all devices at once)", head, rows)
    for name, why in found["left_out"]:
        say(f"   left out: {name}: {why}")


def _spread(seconds: Sequence[float]) -> list[str]:
    return [f"{median(seconds):.2f} s", f"{max(seconds):.2f} s", str(len(seconds))]
