"""The controls of each bench model, in the words of its state file."""

from typing import Final

from drivers.bench.controls import Control, choices, flag, toggle

_SILENT: Final = flag("silent", "Silent")
_NOISE: Final = toggle("noise", "Noise on the line", "garbage", "before", "")
_SUMS: Final = flag("bad_checksum", "Wrong checksums")

RECEIPT_PRINTER: Final = (
    *choices("paper", {"Paper full": "full", "Paper low": "low", "Paper out": "out"}),
    toggle("middle", "Paper ends in 3 rows", "paper_after_lines", 3, None),
    toggle("cover-middle", "Cover opens in 3 rows", "cover_after_lines", 3, None),
    toggle("cover", "Cover open", "cover", "open", "closed"),
    toggle("jam", "Cutter jams", "jam", "cutter", ""),
    flag("hot", "Head too hot"),
    flag("broken", "Broken until power off"),
    flag("feeding", "Feed button held"),
    _SILENT,
)
ID_READER: Final = (
    toggle("leaves", "Lifted while read", "leaves_at", "read", ""),
    flag("wrong_check_digit", "Wrong check digit"),
    toggle("slow", "Takes 3 s to read", "read_ms", 3000, 0),
    toggle("self-test", "Module: self-test failed", "module", "60", "90"),
    toggle("licence", "Module: not authorised", "module", "66", "90"),
    _SUMS,
    _NOISE,
    _SILENT,
)
CODE_SCANNER: Final = (_SILENT,)
A4_PRINTER: Final = (
    *choices("media", {"Paper full": "full", "Paper low": "low", "Paper out": "out"}),
    toggle("middle", "Paper ends after 1 sheet", "media_after_sheets", 1, None),
    toggle("cover", "Cover open", "cover", "open", "closed"),
    flag("jam", "Paper jam"),
    toggle("toner-low", "Toner low", "toner", 4, 80),
    toggle("toner-out", "Toner out", "toner", 0, 80),
    toggle("output", "Output tray full", "output", "full", "ok"),
    toggle("refuse", "Refuses documents", "refuse", "format", ""),
    toggle("gone", "Plug pulled after 1 sheet", "gone_after_sheets", 1, None),
    flag("hang", "Hangs in its answers"),
    _SILENT,
)
SOCIAL_CARD: Final = (
    toggle("mute", "Chip mute", "chip", "mute", "ok"),
    toggle("dead", "Chip dead", "chip", "dead", "ok"),
    flag("unknown_card", "Another kind of card"),
    toggle("leaves", "Pulled while read", "leaves_after", 3, 0),
    flag("silent", "Daemon hangs"),
)
_MOTOR: Final = (
    Control(name="taken", label="Take the card from the slot", on={"at": "nowhere", "card": None}, lasts=False),
    flag("jam", "Cards jam"),
    toggle("pulled", "Pulled at by hand", "moved_by_hand", on=True, off=False),
    toggle("long", "Card too long", "length", "long", "normal"),
    toggle("mute", "Chip mute", "chip", "mute", "ok"),
    toggle("bin", "Bin full", "bin_room", 0, 50),
    toggle("power", "Power fails in the next move", "power_loss", "inside", ""),
    _SUMS,
    _SILENT,
)
CARD_READER: Final = (*_MOTOR, toggle("off", "Switched off", "dsr", on=False, off=True))
CARD_DISPENSER: Final = (*choices("stacker", {"Stacker filled": 20, "Stacker low": 3, "Stacker empty": 0}), *_MOTOR)
CAMERA: Final = (
    flag("covered", "Lens covered"),
    flag("frozen", "Picture frozen"),
    flag("stall", "No more pictures"),
    toggle("dark", "Dark", "brightness", 0.15, 1.0),
    toggle("blur", "Out of focus", "blur", 6.0, 0.0),
    toggle("glare", "Glare", "glare", 0.3, 0.0),
    toggle("moving", "Moving", "shake", 12, 0),
    flag("page", "A page lies there"),
    flag("garbage_jpeg", "Garbage for pictures"),
    flag("not_found", "Wrong address"),
)
IO_BOARD: Final = (
    toggle("door", "Front door open", "inputs.0", on=False, off=True),
    toggle("tamper", "Tamper contact", "inputs.1", on=False, off=True),
    toggle("person", "Somebody stands there", "inputs.2", on=False, off=True),
    toggle("maintenance", "Switch: maintenance", "inputs.3", on=True, off=False),
    toggle("supervisor", "Switch: supervisor", "inputs.4", on=True, off=False),
    toggle("exception", "Answers exceptions", "exception", 2, 0),
    Control(name="restart", label="Restarts by itself", count="restart"),
    _SUMS,
    _NOISE,
    _SILENT,
)
UPS: Final = (
    toggle("mains", "Mains fail", "mains", on=False, off=True),
    toggle("low", "Battery low", "charge", 10, 100),
    toggle("replace", "Battery worn out", "flags", ["RB"], []),
    toggle("stale", "Data stale", "stale", "DATA-STALE", ""),
    toggle("driver", "UPS unplugged from upsd", "stale", "DRIVER-NOT-CONNECTED", ""),
    _SILENT,
)
