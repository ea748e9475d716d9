"""How soon the seeded city's catalogue is there, how soon each key finds something in it, and how soon that is on the screen."""

import searches
from figures import SPREAD, say, spread, table
from stage import Stage


def measure(stage: Stage) -> None:
    office = stage.stand.settings.terminal.office
    result = stage.result("finding.py", office.url, office.key_file, str(stage.folder / "catalogue.db"))
    rows = [["every key of a query", *spread(result["found"]), "p99 <= 5 ms"], ["of that, at work", *spread(result["worked"]), ""]]
    table(f"Search alone among {result['items']} items", ["", *SPREAD, "aim"], rows)
    say(f"   the slowest: {', '.join(f'{typed} {ms:.1f} ms' for ms, typed in result['slowest'])}")
    rows = [
        ["fetched from the office, kept", f"{result['fetched']:.2f} s", ""],
        ["read from the disk, ready", f"{result['loaded']:.2f} s", "< 0.5 s"],
        ["memory, libraries included", f"{result['mib']:.0f} MiB", "< 60 MiB"],
    ]
    table("Catalogue", ["", "took", "aim"], rows)
    searches.measure(stage)
