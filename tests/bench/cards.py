"""From the card on the reader to its holder's cases on the screen, beside what wire and office alone take."""

from figures import SPREAD, median, say, spread, table
from stage import Stage

from drivers.readers.sdt_id_protocol import Request, encode

AIM = 1.2
BAUD = 115200
BITS = 10  # start, 8 data, stop
REPLY = 11  # preamble, length, SW1 to SW3, checksum
DATA = {Request.FIND: 4, Request.SELECT: 8, Request.READ: 4 + 256 + 1024}  # bytes in a reply that is good
STEPS = {"found": "laid down to found", "read": "to read whole", "answered": "to the office's answer", "shown": "to the frame with the list"}


def measure(stage: Stage) -> None:
    result = stage.result("card.py", str(stage.config))
    size = sum(len(encode(request)) + REPLY + data for request, data in DATA.items())
    wire = size * BITS / BAUD * 1000
    total, office = [visit["shown"] for visit in result["visits"]], result["office"]
    rows = [
        ["card on reader to result shown", *spread(total), ""],
        [f"wire time of {size} bytes at {BAUD} bit/s", f"{wire:.1f} ms", "", "", "", ""],
        ["the office's answer", *spread(office), ""],
        ["ratio of the medians", f"{median(total) / (wire + median(office)):.2f}", "", "", "", f"<= {AIM}"],
    ]
    table("Card", ["", *SPREAD, "aim"], rows)
    parts, before = [], [0.0] * len(total)
    for name, words in STEPS.items():
        until = [visit[name] for visit in result["visits"]]
        parts.append(f"{words} {median([late - early for early, late in zip(before, until, strict=True)]):.1f}")
        before = until
    say("   parts, medians in ms: " + ", ".join(parts))
