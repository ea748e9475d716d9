"""Walk a session without Qt, devices or office: what happened goes in, what is shown and asked for is looked at."""

import tomllib
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from made_catalogue import catalogue as made

from drivers.contract import (
    CardKind,
    CardRead,
    DeviceState,
    Document,
    Failed,
    IdCard,
    Level,
    Part,
    Print,
    PrintDocument,
    Printed,
    ReadCard,
    Status,
    StatusChanged,
)
from drivers.errors import Action, DeviceError, Reason
from kiosk import assembly
from kiosk.backend.messages import Ask, Case, CaseState, Deadline, Queue, Refused, Replied, Stage, StageState, Ticket
from kiosk.documents.messages import Compose, Composed
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Answered, CatalogueChanged, Tick, Typed
from kiosk.idle import Times
from kiosk.lobby import Offer
from kiosk.place import Place
from kiosk.services import Flows
from kiosk.session import Session
from kiosk.texts import Text

SENTENCES = assembly.sentences()
OFFERS = (
    Offer(name="ticket", entrance="act", quick=True, needs=("office",), prefers=("receipt_printer",)),
    Offer(name="look_up", entrance="query", quick=True, needs=("office",)),
)
SHIPPED = tomllib.loads((Path(__file__).parents[2] / "config/services.toml").read_text(encoding="utf-8"))["service"]
EVERY = tuple(Offer(**{"quick": False, **one, "needs": tuple(one["needs"]), "prefers": tuple(one.get("prefers", ()))}) for one in SHIPPED)
ROLES = ("office", "receipt_printer", "id_reader", "scanner")
FULL = (*ROLES, "a4_printer", "document_camera", "typesetter", "catalogue", "numbers")
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

ONLINE = Status(state=DeviceState.ONLINE, parts={"cover": Part.CLOSED}, supplies={"upper": Level.FULL})
PAPER_OUT = Status(state=DeviceState.USER_ERROR, error=DeviceError(Reason.PAPER_OUT, Action.CLEAR))
GONE = Status(state=DeviceState.POWER_OFF, error=DeviceError(Reason.UNPLUGGED, Action.MAINTENANCE))


def words(chinese, english=""):
    return {"zh-CN": chinese, "en": english or chinese}


def labels(value):
    """Every label a screen holds."""
    if isinstance(value, Text | str | dict):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from labels(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from labels(part)


def queue(code="TAX", *, ahead=0, wait=(5, 10)):
    return Queue(code=code, name=words("社保业务", "Social security"), about=words("参保"), prefix="A", where=words("一楼 A 区"), ahead=ahead, wait=wait, open_counters=2)


def ticket(number="A005", **changes):
    made = Ticket(
        id="t1", number=number, service="TAX", service_name=words("社保业务"), hall_name=words("鹿城市政务服务中心"), where=words("一楼 A 区"),
        issued=NOON, ahead=2, wait=(5, 10), hours=words("周一至周五 9:00-17:00"), follow="https://lucheng.example/t/abc",
    )
    return replace(made, **changes)


def case(**changes):
    stage = Stage(step=1, name=words("受理"), state=StageState.DONE, office=words("综合窗口"), since=date(2026, 3, 1), until=date(2026, 3, 1))
    made = Case(
        number="LC20260301001", item=words("食品经营许可"), state=CaseState.IN_PROGRESS, applicant="测试·甲一", applicant_number="999999199001010016",
        accepted=date(2026, 3, 1), office=words("市场监管局"), window=words("B12 窗口"), phone="12345", stages=(stage,),
        deadline=Deadline(statutory_days=20, statutory_date=date(2026, 3, 29), promised_days=5, promised_date=date(2026, 3, 8), used_days=2, left_days=3),
        next_step=words("等待审查"), token="A" * 22,
    )
    return replace(made, **changes)


CARD = IdCard(
    kind=CardKind.RESIDENT, name="测试·甲一", sex="1", born=date(1990, 1, 1), number="999999199001010016", valid_from=date(2020, 1, 1), valid_to=None
)


class Walk:
    """A session whose office and devices are the test."""

    def __init__(self, *, online=ROLES, offers=OFFERS, times=None, catalogue=None):
        self.views, self.sent, self.acts = [], [], []
        place = Place(
            flows=Flows(), offers=offers, roles=frozenset(ROLES) | frozenset(online), sentences=SENTENCES, languages=("zh-CN", "en"), hall="鹿城市政务服务中心",
            human="请到咨询台", times=times or Times(), boot="boot",
        )
        self.session = Session(place, self._send, self.views.append)
        self.now = 1000.0
        self.session.begin()
        self.tick(0)
        for role in online:
            self.status(role, ONLINE)
        if catalogue is not None:
            self.handle(CatalogueChanged(catalogue=catalogue))

    def _send(self, command, act):
        self.sent.append(command)
        if act is not None:
            self.acts.append((command.id, act))

    @property
    def view(self):
        return self.views[-1]

    @property
    def screen(self):
        return self.view.screen

    @property
    def name(self):
        return type(self.screen).__name__

    def say(self, label, language="zh-CN"):
        return SENTENCES.say(language, label)

    def handle(self, event):
        self.session.handle(event)
        return self

    def tick(self, seconds):
        self.now += seconds
        return self.handle(Tick(now=self.now, time=NOON))

    def status(self, role, status):
        return self.handle(StatusChanged(role=role, status=status, changed=("state",)))

    def touch(self, action, value="", nonce="n1"):
        return self.handle(Answered(view=self.view.number, action=action, value=value, nonce=nonce))

    def last(self, kind):
        """The newest command of this kind."""
        return next(command for command in reversed(self.sent) if isinstance(command, kind))

    def count(self, kind):
        return sum(isinstance(command, kind) for command in self.sent)

    @property
    def request(self):
        return self.last(Ask).request

    def reply(self, value):
        return self.handle(Replied(id=self.last(Ask).id, reply=value))

    def refuse(self, reason=BackendReason.UNREACHABLE, refusal=None):
        error = BackendError(BackendReason.REFUSED if refusal else reason, refusal=refusal)
        return self.handle(Refused(id=self.last(Ask).id, error=error))

    def choose(self, value, nonce="n1"):
        return self.touch("choose", value, nonce)

    def type(self, text):
        return self.handle(Typed(place=self.view.place, text=text))

    def card(self, card=None):
        """Consent and lay the card on the reader."""
        if self.name == "Question":
            self.touch("yes")
        return self.handle(CardRead(role="id_reader", id=self.last(ReadCard).id, card=card or CARD))

    def printed(self):
        """The paper, or the document once it is set, is printed."""
        if isinstance(self.sent[-1], Compose):
            self.handle(Composed(id=self.sent[-1].id, document=Document(pdf=b"%PDF"), pages=1))
        job = next(command for command in reversed(self.sent) if isinstance(command, Print | PrintDocument))
        return self.handle(Printed(role=job.role, id=job.id))

    def not_printed(self, reason=Reason.PAPER_OUT):
        if isinstance(self.sent[-1], Compose):
            self.handle(Composed(id=self.sent[-1].id, document=Document(pdf=b"%PDF"), pages=1))
        job = next(command for command in reversed(self.sent) if isinstance(command, Print | PrintDocument))
        return self.handle(Failed(role=job.role, id=job.id, error=DeviceError(reason, Action.CLEAR)))

    @property
    def here(self):
        """Name of the step the citizen is at."""
        return self.session._visit.here.name

    def home(self):
        return self.touch("start")

    def service(self, name):
        return self.home().touch("choose", f"service:{name}")


def full(catalogue=None, **more):
    """A walk with every service, every device, and a catalogue."""
    return Walk(online=FULL, offers=EVERY, catalogue=catalogue if catalogue is not None else made(), **more)
