"""A citizen at a terminal whose office is a real one: keys that are there, papers that came out, codes that are held to the scanner."""

import re
from pathlib import Path

from office_help import KEY
from walking import CARD, EVERY, FULL, SENTENCES, Walk, labels

from drivers.contract import CardRead, CodeScanned, Document, Print, PrintDocument, Printed, Qr, ReadCard
from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages import Ask, Refused, Replied
from kiosk.backend.messages.applications import AwaitHandOver
from kiosk.catalogue.query import PLAIN
from kiosk.catalogue.sync import fetch
from kiosk.documents.messages import Compose, Composed
from kiosk.documents.sheets import Code, Rows
from kiosk.errors import BackendError
from kiosk.flow import Answered, Tick
from kiosk.screens import Enter, Pad
from kiosk.texts import Text

_KEYPAD = Path(__file__).parents[3] / "ui/qml/Kiosk/components/KkKeypad.qml"


def _keys():
    """The keys of each keypad, as the keypad itself lists them."""
    lists = re.findall(r"return \[(.*?)\];", _KEYPAD.read_text(encoding="utf-8"))
    typed = ["".join(one for one in re.findall(r'"([^"]*)"', line) if one not in {"clear", "delete"}) for line in lists]
    return dict(zip((Pad.ID_NUMBER, Pad.DIGITS, Pad.CASE_NUMBER), map(frozenset, typed), strict=True))


KEYS = _keys()


def client_of(running, key=KEY):
    return OfficeClient(OfficeAccess(url=running[0].url, key=key))


def catalogue_of(client, clock):
    """The office's catalogue as a terminal keeps it."""
    kept = fetch(client, None, clock, Abort(), {})
    return kept.catalogue(PLAIN)


class Citizen(Walk):
    """Every command is answered at once: by the office, or by devices that do what they should. `away`: the office is not there."""

    def __init__(self, client, clock, catalogue=None, *, card=CARD):
        self.client, self.clock, self.in_hand, self.numbers = client, clock, card, None
        self.papers, self.sheets, self._served, self._touches = [], [], 0, 0
        super().__init__(online=FULL, offers=EVERY, catalogue=catalogue)
        self.home()

    def tick(self, seconds):
        self.now += seconds
        return self.handle(Tick(now=self.now, time=self.clock()))

    def handle(self, event):
        self.session.handle(event)
        while self._served < len(self.sent):
            command = self.sent[self._served]
            self._served += 1
            if (answer := self._answer(command)) is not None:
                self.session.handle(answer)
        return self

    def _answer(self, command):  # noqa: PLR0911 - one case a command
        match command:
            case Ask(request=AwaitHandOver()):
                return None
            case Ask(id=id_, request=request):
                return self._asked(id_, request)
            case Print(id=id_, role=role, paper=paper):
                self.papers.append(paper)
                return Printed(role=role, id=id_)
            case Compose(id=id_, sheets=sheets):
                self.sheets.append(sheets)
                return Composed(id=id_, document=Document(pdf=b"%PDF"), pages=1)
            case PrintDocument(id=id_, role=role):
                return Printed(role=role, id=id_)
            case ReadCard(id=id_, role=role):
                return CardRead(role=role, id=id_, card=self.in_hand)
            case _:
                return None

    def _asked(self, id_, request):
        if self.numbers is not None:  # the office is away
            return Replied(id=id_, reply=self.numbers.answer(request))
        try:
            return Replied(id=id_, reply=self.client.ask(request))
        except BackendError as error:
            return Refused(id=id_, error=error)

    def touch(self, action, value="", nonce=""):
        self._touches += 1
        fresh = f"{id(self):016x}{self._touches:016x}"
        return self.handle(Answered(view=self.view.number, action=action, value=value, nonce=nonce or fresh))

    def choose(self, *values):
        for value in values:
            self.touch("choose", value)
        return self

    def opens(self, service, *ways):
        return self.choose(f"service:{service}", *ways)

    def shows(self):
        """Everything on the screen, as it is read."""
        return " ".join(read(self.screen))

    def presses(self, printed):
        """Type what stands on the paper: the signs for which there is a key, no others."""
        screen = self.screen
        assert isinstance(screen, Enter), (self.here, self.shows())
        keys = KEYS.get(screen.pad)
        typed = printed if keys is None else "".join(sign for sign in printed if sign in keys)
        assert screen.least <= len(typed) <= screen.most, (self.here, typed)
        return self.touch("enter", typed)

    def holds(self, code):
        """Hold a code to the scanner."""
        return self.handle(CodeScanned(role="scanner", text=code))

    def leaves(self):
        """Out, and the next one comes: nothing of this visit is known to them."""
        while self.name != "Attract":
            self.tick(1000)
        return self.home()


def read(value):
    """Every word of a screen in Chinese."""
    return [SENTENCES.say("zh-CN", one) if isinstance(one, Text | dict) else one for one in labels(value)]


def qr(paper):
    """What the paper's code says."""
    (code,) = (block.data for block in paper.blocks if isinstance(block, Qr))
    return code


def pair(paper, key):
    """The value that stands beside this label."""
    label = SENTENCES.say("zh-CN", Text(key))
    return next(block.value for block in paper.blocks if getattr(block, "label", "") == label)


def code_of(sheets):
    """What the code on an A4 document says."""
    (code,) = (block.data for block in sheets.blocks if isinstance(block, Code))
    return code


def row(sheets, key):
    """The value beside this label on an A4 document."""
    label = SENTENCES.say("zh-CN", Text(key))
    rows = [row for block in sheets.blocks if isinstance(block, Rows) for row in block.rows]
    return dict(rows)[label]
