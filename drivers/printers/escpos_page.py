"""The page that a check prints: what a print head, a ROM and a cutter do wrong is seen on it. Pure."""

from collections.abc import Mapping

from drivers.contract import Align, Block, Feed, Line, Pair, Paper, Qr, Rule

_SHOWN = ("maker", "model", "serial", "firmware", "charset")
_PATTERN = "".join(map(chr, range(ord("!"), ord("~") + 1)))
_ROWS = 6
_CHINESE = "政务服务自助终端打印测试：一二三四五六七八九十，￥￥。"


def check_page(columns: int, identity: Mapping[str, str]) -> Paper:
    """A rolling pattern over the whole width (a dead dot is a white line), Chinese from the ROM, sizes, a QR code, who the printer is."""
    rows = (_rolled(row, columns) for row in range(_ROWS))
    blocks: tuple[Block, ...] = (
        Line("打印测试 TEST", 2, Align.CENTER, bold=True),
        Rule(),
        *map(Line, rows),
        Line("■" * (columns // 2)),
        Line(_CHINESE),
        Line("123", 4, Align.CENTER),
        Rule(),
        *(Pair(name, identity[name]) for name in _SHOWN if name in identity),
        Feed(),
        Qr("CHECK " + identity.get("serial", ""), 6),
        Line("END", 1, Align.RIGHT),
    )
    return Paper(blocks)


def _rolled(row: int, columns: int) -> str:
    shift = row % len(_PATTERN)
    return ((_PATTERN[shift:] + _PATTERN[:shift]) * 2)[:columns]
