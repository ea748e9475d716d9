"""What is asked of the drivers to see what they add, and of which bench devices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from drivers.bench.handle import Bench
from drivers.contract import AcceptCard, CheckHealth, Command, HealthLevel, Line, MoveCard, Pair, Paper, Position, Print, Qr, ReadCard, Rule

ROLE = "device"
TICKET = Paper((Line("业务受理回执", size=2), Line("A017", size=4), Rule(), Pair("业务", "社会保障"), Pair("等候", "3 人"), Qr("https://x.invalid/t/017"), Line("请留意叫号")))
LONG = Paper(tuple(Line(f"{number:02} 办事指南：请携带身份证原件及复印件一份到窗口办理") for number in range(40)))

Script = tuple[tuple[str, bytes], ...]  # "out" or "in", and the bytes


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What is asked of a driver, `lay` being what a person does before, and how often.

    `core` is the part of a script that cannot be left out, and `before` what stands in front of that; `silence` is how many seconds
    of it the protocol wants before each frame. `later` is another way to ask, with what the driver waits for by itself. A figure with
    `aim` is held against it; the others are there to be looked at.
    """

    name: str
    driver: str
    model: str
    ask: tuple[Callable[[str], Command], ...]
    settings: Mapping[str, object] = field(default_factory=dict)
    where: Callable[[Bench], str] = lambda board: board.port
    state: Mapping[str, object] = field(default_factory=dict)
    clear: Mapping[str, object] = field(default_factory=dict)
    lay: Mapping[str, object] = field(default_factory=dict)
    core: Callable[[Script], Script] | None = None
    before: str = ""
    silence: float = 0.0
    later: str = ""
    aim: bool = True
    turns: int = 8
    each: int = 1


def job(script: Script) -> Script:
    """From ESC @ to the printer's word: without the questions how it is before."""
    first = next(at for at, (way, data) in enumerate(script) if way == "out" and data.startswith(b"\x1b@"))
    return script[first:]


def printing(what: str, paper: Paper, baud: int, turns: int, each: int = 1) -> Conversation:
    return Conversation(
        name=f"print a {what}",
        driver="printers.escpos",
        model="receipt_printer",
        ask=(lambda name: Print(role=ROLE, id=name, paper=paper),),
        settings={"baud": baud, "health_ms": 600_000},
        state={"speed_mm_s": 1_000_000},  # the paper's own time is not the question
        core=job,
        before="asks before how it is; without: the job and the printer's word, bare",
        turns=turns,
        each=each,
    )


def moving(driver: str, model: str, **others: object) -> Conversation:
    ask = (
        lambda name: AcceptCard(role=ROLE, id=name + "a"),
        lambda name: MoveCard(role=ROLE, id=name + "b", to=Position.CHIP),
        lambda name: MoveCard(role=ROLE, id=name + "c", to=Position.EXIT),
    )
    gone = {"at": "nowhere", "card": None, "hand": None}
    common = {"driver": driver, "model": model, "ask": ask, "state": {"motor_ms": 0}, "clear": gone, "lay": {"hand": "jia"}}
    return Conversation(later="one after the other", **common, **others)


def checking(name: str, driver: str, model: str, **others: object) -> Conversation:
    ask = (lambda name: CheckHealth(role=ROLE, id=name, level=HealthLevel.INTERNAL),)
    return Conversation(name=name, driver=driver, model=model, ask=ask, turns=5, each=4, aim=False, **others)


SLOW = {"health_ms": 600_000}  # ms: nothing is asked besides
CONVERSATIONS = (
    printing("ticket", TICKET, 19200, turns=4, each=2),
    printing("ticket", TICKET, 115200, turns=6, each=4),
    printing("long paper", LONG, 19200, turns=4),
    printing("long paper", LONG, 115200, turns=6, each=2),
    Conversation(
        name="find, select and read an ID card",
        driver="readers.sdt_id",
        model="id_reader",
        ask=(lambda name: ReadCard(role=ROLE, id=name),),
        settings=SLOW,
        clear={"card": None},
        lay={"card": "jia"},
        later="laid while it waits",
        turns=4,
        each=3,
    ),
    moving("readers.crt571", "card_dispenser", name="card in, to the chip, out (CRT-571)", settings=SLOW, turns=6),
    moving("readers.ict3k5", "motor_reader", name="card in, to the chip, out (ICT3K5, RFC 2217)", where=lambda board: f"rfc2217://{board.address}", settings=SLOW, turns=6),
    checking("ask a code scanner", "scanners.serial_code", "newland_scanner", settings={"profile": "newland", "baud": 115200, "presence_ms": 600_000}),
    checking(
        "ask an I/O board",
        "cabinet.modbus_io",
        "io_board",
        settings={"lights": {"cardReader": 0}, "contacts": {"cabinetFrontDoor": {"input": 0}}, "poll_ms": 1000, **SLOW},
        core=lambda script: script,
        before="silence before each frame; without: bare, without it",
        silence=3.5 * 11 / 9600,  # Modbus over Serial Line V1.02, 2.5.1.1
    ),
    checking("ask a UPS over TCP", "cabinet.nut_ups", "ups", where=lambda board: f"socket://{board.address}", settings={"poll_ms": 600_000}),
)
