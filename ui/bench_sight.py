"""How the world around the terminal is at this moment, as plain values for QML."""

from typing import Any, Final

from drivers.bench.escpos_sheet import from_json
from ui import bench_papers
from ui.bench_papers import SLOT, PaperProvider, Pile
from ui.stand import Stand

PRINTER: Final = "receipt_printer"
PAPER_PX: Final = 450  # width of a paper's picture: readable, and two columns fit beside each other


class Sight:
    """Looks at a stand. `dots` is the number of pixels to one unit of QML; `office_runs` is for those who start and stop it to keep."""

    def __init__(self, stand: Stand, papers: PaperProvider, dots: float) -> None:
        self._stand, self._papers, self._dots = stand, papers, dots
        self.pile = Pile(stand.devices[PRINTER].folder / "papers") if PRINTER in stand.devices else None
        self.office_runs = True  # a stand is made with it
        self._paper: dict[str, Any] = {}

    def world(self) -> dict[str, Any]:
        """`devices`: the state of each by role, with `plugged`; `office`: whether it `runs`; `paper`: as it was when drawn last."""
        devices = {role: device.get() | {"plugged": device.plugged} for role, device in self._stand.devices.items()}
        return {"devices": devices, "office": {"runs": self.office_runs}, "paper": self._paper}

    def draw(self) -> None:
        """See which paper is shown, and picture it where it has changed since."""
        if self.pile is None:
            return
        places, shown = self.pile.look(), self.pile.shown
        about = {"first": shown == places[0], "last": shown == places[-1], "hangs": shown == places[-1] != SLOT}
        self._paper = about | (self._picture(self.pile, shown) if shown != SLOT else {"source": "", "title": "", "befell": ""})

    def _picture(self, pile: Pile, number: int) -> dict[str, str]:
        file = bench_papers.file(pile.folder, number)
        source = f"image://paper/{number}-{file.stat().st_mtime_ns}"
        if source == self._paper.get("source"):
            return {key: self._paper[key] for key in ("source", "title", "befell")}
        sheet = from_json(file.read_bytes())
        self._papers.keep(bench_papers.image(sheet, round(PAPER_PX * self._dots)))
        return {"source": source, "title": f"Paper {number}", "befell": bench_papers.befell(sheet)}
