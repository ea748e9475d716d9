"""Walk a session without Qt, devices or office: what happened goes in, what is shown and asked for is looked at."""

from dataclasses import replace
from datetime import UTC, date, datetime

from drivers.contract import CardKind, DeviceState, IdCard, Level, Part, Status, StatusChanged
from drivers.errors import Action, DeviceError, Reason
from kiosk import assembly
from kiosk.backend.messages import Ask, Case, CaseState, Deadline, Queue, Refused, Replied, Stage, StageState, Ticket
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Answered, Tick
from kiosk.idle import Times
from kiosk.lobby import Offer
from kiosk.place import Place
from kiosk.services import Flows
from kiosk.session import Session

SENTENCES = assembly.sentences()
OFFERS = (
    Offer(name="ticket", entrance="act", quick=True, needs=("office",), prefers=("receipt_printer",)),
    Offer(name="look_up", entrance="query", quick=True, needs=("office",)),
)
ROLES = ("office", "receipt_printer", "id_reader", "scanner")
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

ONLINE = Status(state=DeviceState.ONLINE, parts={"cover": Part.CLOSED}, supplies={"upper": Level.FULL})
PAPER_OUT = Status(state=DeviceState.USER_ERROR, error=DeviceError(Reason.PAPER_OUT, Action.CLEAR))
GONE = Status(state=DeviceState.POWER_OFF, error=DeviceError(Reason.UNPLUGGED, Action.MAINTENANCE))


def words(chinese, english=""):
    return {"zh-CN": chinese, "en": english or chinese}


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

    def __init__(self, *, online=ROLES, offers=OFFERS, times=None):
        self.views, self.sent, self.acts = [], [], []
        place = Place(
            flows=Flows(), offers=offers, roles=frozenset(ROLES), sentences=SENTENCES, languages=("zh-CN", "en"), hall="鹿城市政务服务中心",
            human="请到咨询台", times=times or Times(), boot="boot",
        )
        self.session = Session(place, self._send, self.views.append)
        self.now = 1000.0
        self.session.begin()
        self.tick(0)
        for role in online:
            self.status(role, ONLINE)

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

    def refuse(self, reason=BackendReason.UNREACHABLE):
        return self.handle(Refused(id=self.last(Ask).id, error=BackendError(reason)))

    def home(self):
        return self.touch("start")

    def service(self, name):
        return self.home().touch("choose", f"service:{name}")
