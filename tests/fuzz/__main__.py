"""`make fuzz`: a million damaged frames for the parsers of device bytes.

Ends with 1 when one crashed or was taken in, when one kept more than it may, or when all of it took more than `MOST_MEMORY`.
"""

import argparse
import resource
import sys
import time

from target import fuzz
from targets import all_targets

MOST_MEMORY = 200  # MB: interpreter and libraries take some 60


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1_000_000, help="over all parsers")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="parsers whose name contains this")
    given = parser.parse_args()
    chosen = [target for target in all_targets() if given.only in target.name]
    share = -(-given.frames // len(chosen))
    say(f"seed {given.seed}, {share} frames for each of {len(chosen)} parsers")
    say(f"{'parser':<30}{'frames':>8}{'whole':>9}{'refused':>9}{'crashes':>9}{'false':>7}{'held':>7}{'s':>7}{'worst ms':>10}")
    clean = True
    totals = [0.0] * 4
    for target in chosen:
        began = time.monotonic()
        found = fuzz(target, share, given.seed)
        seconds = time.monotonic() - began
        say(
            f"{target.name:<30}{found.frames:>8}{found.accepted:>9}{found.refused:>9}{found.crashes:>9}{found.false_accepts:>7}"
            f"{found.most_held:>7}{seconds:>7.1f}{found.slowest * 1000:>10.1f}"
        )
        if found.first:
            say(f"    {found.first[:4000]}")
        clean = clean and found.clean
        totals = [sum(pair) for pair in zip(totals, (found.frames, found.crashes, found.false_accepts, seconds), strict=True)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    frames, crashes, taken_in, seconds = totals
    say(f"{frames:.0f} frames, {crashes:.0f} crashes, {taken_in:.0f} falsely accepted, {seconds:.0f} s, most memory {memory} MB")
    sys.exit(0 if clean and memory <= MOST_MEMORY else 1)


if __name__ == "__main__":
    main()
