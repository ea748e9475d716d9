"""One of everything the office answers with, for tests of flows."""

from datetime import UTC, date, datetime, timedelta

from made_catalogue import w

from kiosk.backend.messages import Position, TicketState
from kiosk.backend.messages.applications import HandOver, Receipt, Upload
from kiosk.backend.messages.bookings import Booking, BookingDay, BookingState, Slot
from kiosk.backend.messages.documents import Fact, OfficialDocument
from kiosk.backend.messages.matters import Matter, MatterKind, MatterStage, MatterState
from kiosk.backend.messages.reviews import Fault, Licence, Promise, Review

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
NINE = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
NAME = "测试·甲一"

POSITION = Position(
    number="A005", state=TicketState.WAITING, service_name=w("社保"), hall_name=w("大厅"), where=w("A 区"), ahead=3, wait=(5, 10), booked_first=True
)
DAYS = (
    BookingDay(day=NINE.date(), slots=(Slot(start=NINE, end=NINE + timedelta(minutes=30), free=2),)),
    BookingDay(day=date(2026, 3, 6), slots=(), why=w("放假")),
)
BOOKING = Booking(
    id="b1", state=BookingState.BOOKED, item="food", item_name=w("食品经营许可"), hall="city", hall_name=w("大厅"), where=w("A 区"), start=NINE,
    end=NINE + timedelta(minutes=30), held_until=NOON, cancel_until=NINE - timedelta(hours=2), check_in_from=NINE - timedelta(hours=1),
    check_in_until=NINE + timedelta(minutes=20), code="12345678", token="B" * 22, name=NAME,
)  # fmt: skip
LICENCE = Licence(
    kind="idCard", name=w("居民身份证"), number="999999199001010016", issuer=w("公安局"), issued=date(2020, 1, 1), expires=None, valid=True, token="L" * 22
)
REVIEW = Review(
    number="YS-1", item="food", item_version=3, item_name=w("食品经营许可"), passed=True, at=NOON, valid_until=NOON + timedelta(days=5),
    faults=(Fault(material="lease", what=w("没有租赁合同")),), promises=(Promise(material="plan", name=w("平面图"), due=date(2026, 3, 11), consequence=w("退回")),),
    from_store=(w("居民身份证"),), bring=(w("平面图"),), queue="licence", token="R" * 22,
)  # fmt: skip
UPLOAD = Upload(id="p1", bytes=1, sha256="0")
HAND_OVER = HandOver(id="h1", url="https://lucheng.example/p/abc", expires=NOON + timedelta(minutes=10), received=())
RECEIPT = Receipt(
    number="LC9", item_name=w("食品经营许可"), accepted=NOON, promised_date=date(2026, 3, 11), office=w("市场监管局"), phone="12345", token="C" * 22
)
DOCUMENT = OfficialDocument(
    title=w("食品经营许可证"), number="JY1", issuer=w("市场监管局"), issued=date(2026, 3, 1), expires=None, facts=(Fact(label=w("名称"), value=NAME),),
    text=(w("准予许可"),), copy=2, purpose=w("仅供本人留存"), valid_until=date(2026, 4, 1), verify_code="AB12CD34", verify_url="https://lucheng.example/v/AB12CD34",
    printed=NOON,
)  # fmt: skip
MATTER = Matter(
    number="ZX-1", code="471108", kind=MatterKind.QUESTION, about=None, text="几点开门？", state=MatterState.RECEIVED,
    stages=(MatterStage(state=MatterState.RECEIVED, at=NOON),), due=date(2026, 3, 9), token="M" * 22,
)  # fmt: skip
