"""What people and the world do to a device on the bench while it is recorded, and what the terminal asks of it meanwhile."""

from io_boards import AT_REST

from drivers.contract import (
    AcceptCard,
    Cancel,
    CheckHealth,
    CodeScanned,
    Flash,
    HealthLevel,
    Level,
    Line,
    MediaTaken,
    MediaTo,
    MoveCard,
    Pair,
    Paper,
    Position,
    Print,
    Qr,
    ReadCard,
    Reset,
    SetLight,
)

CARD = "yi"
CODE = "LC-9999-2026-A012"
PAPER = Paper((Line("测试·录像纸", 2), Pair("编号", "A012"), Qr("https://zwfw.invalid/t/A012?k=7Q3M9X2K"), Line("测试囧仌")))
LONG = Paper(tuple(Line(f"测试第 {number} 行") for number in range(40)))


def card_is_read_and_taken(stage):
    stage.do(ReadCard, "1")
    stage.while_nothing_happens(0.2)
    stage.board.set(card=CARD)
    stage.answered("1")
    stage.board.set(card=None)
    stage.do(ReadCard, "2")
    stage.while_nothing_happens(0.2)
    stage.do(Cancel, "3", of="2")
    stage.answered("2")


def card_is_moved(stage):
    stage.board.set(card=CARD, leaves_at="read")
    stage.do(ReadCard, "1")
    stage.answered("1")
    stage.board.set(card=CARD)
    stage.do(ReadCard, "2")
    stage.answered("2")


def goes_silent_and_comes_back(stage):
    stage.board.set(silent=True)
    stage.state("powerOff")
    stage.board.set(silent=False)
    stage.state("online")


def is_unplugged_while_a_card_is_waited_for(stage):
    stage.do(ReadCard, "1")
    stage.while_nothing_happens(0.1)
    stage.board.unplug()
    stage.state("powerOff")
    stage.do(ReadCard, "2")
    stage.answered("2")
    stage.board.plug()
    stage.state("online")


def codes_are_scanned(stage):
    stage.board.scan(CODE)
    stage.told(CodeScanned)
    stage.board.scan(b"\xff\x00\x01")
    stage.while_nothing_happens(0.2)
    stage.board.scan("https://zwfw.invalid/" + CODE)
    stage.told(CodeScanned, 2)
    stage.do(CheckHealth, "1", level=HealthLevel.INTERNAL)
    stage.answered("1")


def paper_is_printed(stage):
    stage.do(Print, "1", paper=PAPER)
    stage.answered("1")
    stage.do(CheckHealth, "2", level=HealthLevel.INTERNAL)
    stage.answered("2")


def cover_is_opened_while_printing(stage):
    stage.board.set(cover_after_lines=15)
    stage.do(Print, "1", paper=LONG)
    stage.state("userError")
    stage.while_nothing_happens(0.3)
    stage.board.set(cover="closed")
    stage.answered("1")


def paper_ends_while_printing(stage):
    stage.board.set(paper_after_lines=15)
    stage.do(Print, "1", paper=LONG)
    stage.supply("upper", Level.OUT)
    stage.while_nothing_happens(0.3)
    stage.board.set(paper="full")
    stage.answered("1")


def card_is_taken_in_read_and_given_back(stage):
    stage.do(AcceptCard, "1")
    stage.while_nothing_happens(0.2)
    stage.board.set(hand=CARD)
    stage.answered("1")
    stage.do(ReadCard, "2")
    stage.answered("2")
    stage.do(MoveCard, "3", to=Position.EXIT)
    stage.answered("3")
    stage.while_nothing_happens(0.2)
    stage.board.set(at="nowhere", card=None)
    stage.told(MediaTaken)


def card_jams_and_is_retained_by_a_reset(stage):
    stage.do(AcceptCard, "1")
    stage.while_nothing_happens(0.1)
    stage.board.set(hand=CARD)
    stage.answered("1")
    stage.board.set(jam=True)
    stage.do(MoveCard, "2", to=Position.EXIT)
    stage.answered("2")
    stage.board.set(jam=False)
    stage.do(Reset, "3", to=MediaTo.RETAIN)
    stage.answered("3")


def card_left_inside_is_found_at_the_start(stage):
    stage.while_nothing_happens(0.2)
    stage.do(MoveCard, "1", to=Position.BIN)
    stage.answered("1")


def door_is_opened_and_a_light_flashes(stage):
    stage.do(SetLight, "1", light="cardReader", flash=Flash.QUICK)
    stage.answered("1")
    stage.board.set(inputs=[False, *AT_REST[1:]])
    stage.part("cabinetFrontDoor", "open")
    stage.while_nothing_happens(0.3)
    stage.board.set(inputs=AT_REST)
    stage.part("cabinetFrontDoor", "locked", "closed")
    stage.do(SetLight, "2", light="cardReader", flash=Flash.OFF)
    stage.answered("2")


def mains_are_lost_and_come_back(stage):
    stage.board.set(mains=False, charge=60)
    stage.part("mains", "noPower")
    stage.board.set(charge=15)
    stage.supply("battery", Level.LOW, Level.CRITICAL)
    stage.board.set(mains=True, charge=90)
    stage.part("mains", "powering")
