"""Documents for the A4 printer on the bench, and what became of them."""

import json

from cups_peers import at

from drivers.contract import Document, PrintDocument
from drivers.printers.ipp_page import check_page

PAGE = check_page(("A4", "made up")).pdf
PAGES = PAGE.replace(b"/Kids[3 0 R]", b"/Kids[3 0 R 3 0 R 3 0 R]").replace(b"%PDF-1.4", b"%PDF-1.4\n%/Type/Page /Type/Page")  # 3 pages


def url(board):
    return f"ipp://{board.address}/ipp/print"


def document(command_id="job", pdf=PAGE, **more):
    return PrintDocument(role="device", id=command_id, document=Document(pdf=pdf, **more))


def papers(board):
    return [json.loads(path.read_text()) for path in sorted((board.folder / "papers").glob("*.json"))]


def left_over(board):
    return [job for job in at(url(board)).jobs("not-completed") if not job.stopping]


class BenchEve:
    """The printer on the bench with the handles of `cups_peers.IppEve`."""

    maker = "Lucheng"

    def __init__(self, board):
        self._board = board
        self.url = f"ipp://{board.address}/ipp/print"
        self.release()

    def hold(self):
        self._board.set(speed_ppm=0.01)

    def release(self):
        self._board.set(speed_ppm=1200)

    def tell(self, state):
        assert state in {"+media-jam-error", "-media-jam-error"}
        self._board.set(jam=state.startswith("+"))

    def paper(self, there):
        self._board.set(media="full" if there else "out")

    def papers(self):
        found = [json.loads(path.read_text()) for path in sorted((self._board.folder / "papers").glob("*.json"))]
        return ["kiosk- copies={copies} sides={sides}".format(**paper, sides="two-sided-long-edge" if paper["two_sided"] else "") for paper in found]

    def fresh(self):
        """It is new."""

    def rest(self):
        """It ends with the test."""
