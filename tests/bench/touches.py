"""How soon a touch is seen, and how soon the next screen is, alone and beside other work."""

from figures import SPREAD, median, p99, say, spread, table
from stage import Stage

AIMS = {"pressed": ("touch to pressed look", "p99 <= 17 ms"), "turned": ("letting go to the next screen", "p99 <= 33 ms")}


def measure(stage: Stage) -> None:
    result = stage.result("touch.py", str(stage.config))
    beside = result["beside"]
    rows = [
        [f"{what}, {when}", *spread(result[key][name]), aim if key == "beside" else ""]
        for name, (what, aim) in AIMS.items()
        for key, when in (("first", "once through"), ("alone", "again and again"), ("beside", "beside other work"))
    ]
    table("Touch", ["", *SPREAD, "aim"], rows)
    screens = {name: [ms for ms, to in zip(beside["turned"], beside["to"], strict=True) if to == name] for name in sorted(set(beside["to"]))}
    said = ", ".join(f"{name} {median(times):.0f} and {p99(times):.0f}" for name, times in screens.items())
    say(f"   beside other work, by the screen that comes, median and p99 in ms: {said}")
    done = ", ".join(f"{count} {name}" for name, count in result["done"].items())
    say(f"   other work meanwhile: {done}")
