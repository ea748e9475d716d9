"""What a driver adds to the time that its device and the line take, beside nothing but pyserial saying the same bytes."""

import os
from collections.abc import Mapping
from typing import Any

from figures import median, say, table
from stage import Stage

AIM = 5


def measure(stage: Stage) -> None:
    load = os.getloadavg()[0]
    results = stage.result("conversation.py")
    head = ["command to final answer", "bit/s", "n", "wire", "bare", "driver", "overhead", "by least", "each pair", "CPU", "bare CPU", "aim"]
    table(f"Drivers beside pyserial alone: the same bytes with the same device, in turns (load {load:.1f})", head, [row(one) for one in results])
    say("   wire: these bytes at that speed, none beside another; bare: pyserial; overhead: of the medians; by least: of the quickest, which a busy machine spoils least")
    say("   each pair: driver less bare, the middle half; CPU: of the whole process, which is the driver's alone")
    table("What a driver does by design besides, medians", ["", "takes", "without", "more"], [line for one in results for line in by_design(one)])


def row(one: Mapping[str, Any]) -> list[str]:
    driver, bare = ([took for took, _ in one[who]] for who in ("driver", "bare"))
    cpu, bare_cpu = (median([used for _, used in one[who]]) for who in ("driver", "bare"))
    pairs = sorted(ours - other for ours, other in zip(driver, bare, strict=True))
    middle = f"{pairs[len(pairs) // 4]:+.1f}…{pairs[3 * len(pairs) // 4]:+.1f} ms"
    over, least = (100 * (of(driver) / of(bare) - 1) for of in (median, min))
    took = [f"{median(bare):.1f} ms", f"{median(driver):.1f} ms", f"{over:+.1f} %", f"{least:+.1f} %", middle, f"{cpu:.1f} ms", f"{bare_cpu:.1f} ms"]
    return [one["name"], str(one["baud"] or "-"), str(len(driver)), wire(one), *took, f"<= {AIM} %" if one["aim"] else ""]


def wire(one: Mapping[str, Any]) -> str:
    """How long the bytes take at the line's speed, none of them at the same time as another."""
    if not one["baud"]:
        return "-"
    return f"{median([sum(sizes) for sizes in one['sizes']]) * one['bits'] / one['baud'] * 1000:.1f} ms"


def by_design(one: Mapping[str, Any]) -> list[list[str]]:
    took = median([took for took, _ in one["driver"]])
    lines = []
    if one["core"]:
        lines.append([f"{one['name']}, {one['baud']}: {one['before']}", took, median([took for took, _ in one["core"]])])
    if one["waits"]:
        lines.append([f"{one['name']}, {one['baud']}: {one['waits']}; without: as above", median(one["later"]), took])
    return [[name, f"{takes:.1f} ms", f"{without:.1f} ms", f"{takes - without:+.1f} ms"] for name, takes, without in lines]
