"""How the world around the terminal is at this moment, as plain values for QML."""

from typing import Any, Final

from drivers.bench.escpos_sheet import from_json
from ui import bench_papers
from ui.bench_papers import SLOT, PaperProvider, Pile
from ui.stand import Stand

PAPER_PX: Final = 450  # width of a paper's picture: readable, and two columns fit beside each other


class Sight:
    """Looks at a stand. `dots` is the number of pixels to one unit of QML; `office_runs` is for those who start and stop it to keep."""

    def __init__(self, stand: Stand, papers: PaperProvider, dots: float) -> None:
        self._stand, self._papers, self._dots = stand, papers, dots
        printers = [role for role, entry in stand.entries.items() if entry.prints]
        self.pile = Pile(stand.devices[printers[0]].folder / "papers") if printers else None
        self.office_runs = True  # a stand is made with it
        self._paper: dict[str, Any] = {}

    def world(self) -> dict[str, Any]:
        """How everything is now.

        `devices`: the state of each by role, with `plugged` and `marked`, the controls that hold; `office`: whether it `runs`;
        `paper`: as it was when drawn last.
        """
        devices = {role: self._device(role) for role in self._stand.devices}
        return {"devices": devices, "office": {"runs": self.office_runs}, "paper": self._paper}

    def _device(self, role: str) -> dict[str, Any]:
        device, entry = self._stand.devices[role], self._stand.entries[role]
        state = device.get()
        marked = {control.name: control.holds(state) for control in entry.controls}
        return state | {"plugged": device.plugged, "marked": marked, "shows": entry.shows(state)}

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
