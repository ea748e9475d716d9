"""The papers that are printed here: the queue ticket of a made-up city, and one that consists of drawn lines."""

import secrets
from datetime import datetime
from itertools import count, islice
from pathlib import Path

from drivers.contract import Line, Paper
from drivers.printers.escpos_encode import Page, encode
from drivers.printers.escpos_layout import Rom
from kiosk import assembly
from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages import TakeTicket, Ticket
from kiosk.flow import Around
from kiosk.papers import ticket_paper
from kiosk.settings import Office

LINES = 16
PER_LINE = 24  # wide characters of 24 dots on 576


def take_ticket(office: Office) -> Ticket:
    """One more of the service at the office."""
    key = Path(office.key_file).read_text(encoding="ascii").strip()
    client = OfficeClient(OfficeAccess(url=office.url, key=key))
    ticket = client.ask(TakeTicket(nonce=secrets.token_hex(16), service="social", language="zh-CN"))
    assert isinstance(ticket, Ticket)
    return ticket


def ticket(of: Ticket, language: str = "zh-CN", *, care: bool = False) -> Paper:
    """What the terminal prints for it."""
    sentences = assembly.sentences()
    around = Around(
        language=language,
        care=care,
        time=datetime.now().astimezone(),
        say=lambda label: sentences.say(language, label),
        trouble=lambda _: None,
        command_id="",
        hall="",
        notices=(),
        human="",
    )
    return ticket_paper(of, around)


def drawn() -> Paper:
    """Characters that the printer's ROM does not have, so that each line goes over the wire as a picture."""
    rom = Rom()
    rare = "".join(islice((chr(code) for code in count(0x3400) if not rom.has(chr(code))), PER_LINE))
    return Paper((Line(rare),) * LINES)


def size(paper: Paper) -> int:
    """Bytes of the job from ESC @ to the cut."""
    return sum(map(len, encode(paper, Page()).parts))
