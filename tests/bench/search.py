"""How soon the seeded city's catalogue is there, how soon each key finds something in it, and how soon that is on the screen."""

from figures import SPREAD, say, spread, table
from stage import Stage

ON_SCREEN = {
    "letters": ("letting go of a letter of pinyin to what it finds", "p99 <= 30 ms"),
    "deletes": ("letting go of delete to what is found then", "p99 <= 30 ms"),
    "opened": ("touch on a result to its guide", "p99 <= 33 ms"),
    "core": ("of that, the core: search and screen", ""),
    "plain": ("of that, the screen's values for QML", ""),
}


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
    result = stage.result("searcher.py")
    rows = [[what, *spread(result[key]), aim] for key, (what, aim) in ON_SCREEN.items()]
    table(f"Search while typing, {result['items']} items", ["", *SPREAD, "aim"], rows)
