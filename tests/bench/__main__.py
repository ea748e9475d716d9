"""`python tests/bench [TOPIC…]`: measures what a citizen feels, each figure beside its aim. It judges nothing."""

import os
import sys
import tempfile
import time
from pathlib import Path

import calls
import cards
import decode
import holds
import keystrokes
import overhead
import queue_numbers
import reconnect
import search
import start
import tickets
import touches
from figures import say
from stage import stage

TOPICS = {
    "start": start.measure,
    "touch": touches.measure,
    "keyboard": keystrokes.measure,
    "card": cards.measure,
    "ticket": tickets.measure,
    "search": search.measure,
    "decode": decode.measure,
    "booking": holds.measure,
    "overhead": overhead.measure,
    "reconnect": reconnect.measure,
    "numbers": queue_numbers.measure,
    "call": calls.measure,
}


def main() -> None:
    wanted = sys.argv[1:] or list(TOPICS)
    began = time.monotonic()
    load = os.getloadavg()[0]
    say(f"{os.cpu_count()} cores, load {load:.1f} before the start" + (": busy, so the figures are worse than on a quiet machine" if load > 1 else ""))
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder, stage(Path(folder)) as ready:
        for topic in wanted:
            TOPICS[topic](ready)
    say(f"\n{time.monotonic() - began:.0f} s")


main()
