"""What the tests of the receipt printer print, and what came out of it."""

from drivers.bench import escpos_sheet
from drivers.contract import Align, Feed, Line, Pair, Paper, Print, Qr, Rule

TICKET = Paper(
    (
        Line("鹿城市政务服务中心", 2, Align.CENTER),
        Rule(),
        Line("A012", 6, Align.CENTER, bold=True),
        Pair("前面等候", "8 人"),
        Pair("办理地点", "二楼 B 区 12-18 号窗口"),
        Feed(),
        Qr("https://zwfw.invalid/t/A012?k=7Q3M9X2K"),
        Line("请妥善保管本凭条"),
    )
)

LONG = Paper(tuple(Line(f"第 {number} 行") for number in range(80)))
HANDS = 0.5  # s: nobody changes a roll faster


def order(printer, paper=TICKET, command_id="p"):
    printer.do(Print(role="printer", id=command_id, paper=paper))


def papers(board):
    return [escpos_sheet.from_json(path.read_bytes()) for path in sorted((board.folder / "papers").glob("*.json"))]


def whole(board):
    return [paper for paper in papers(board) if paper.cut and not paper.spoiled]
