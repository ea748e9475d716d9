"""Guides, people and requests for tests of bookings, pre-reviews and licences."""

from datetime import date, datetime

import msgspec
from sqlalchemy import delete, update

from kiosk.backend.messages.catalogue import Guide, Material, MaterialStage, Place
from kiosk.office.hours import LOCAL
from kiosk.office.tables import bookings, catalogue_parts, counters, services, workdays

WINDOW = {"zh-CN": "窗口", "en": "Window"}
JIA = {"number": "999999199001010016", "name": "测试·甲一"}
YI = {"number": "999999198506120021", "name": "测试·乙二"}
ITEM = "t-pension"
REVIEWED = "t-shop"
BASIS = {"zh-CN": "本人", "en": "Oneself"}


def words(zh, en):
    return {"zh-CN": zh, "en": en}


MATERIALS = (
    Material(code="id", name=words("身份证", "Identity card"), source=BASIS, copies=1, original=True, licence="id-card"),
    Material(
        code="lease",
        name=words("租赁合同", "Lease"),
        source=BASIS,
        copies=2,
        original=False,
        deferrable=True,
        defer_days=3,
        checks=(words("盖有双方印章", "Both seals are on it"), words("租期未满", "The lease runs")),
    ),
    Material(
        code="proxy",
        name=words("授权书", "Proxy"),
        source=BASIS,
        copies=0,
        original=True,
        needed_if=words("他人代办的", "If somebody acts for you"),
    ),
    Material(code="photo", name=words("现场照片", "Photos"), source=BASIS, copies=1, original=False, stage=MaterialStage.SITE_CHECK),
)
GOOD = {"id": "have", "lease": "have", "proxy": "notNeeded"}


def guide(code, version=1, **more):
    plain = {
        "code": code,
        "version": version,
        "effective": date(2026, 1, 1),
        "name": words(f"测试事项{code}", f"Test matter {code}"),
        "department": "rs",
        "pinyin": "ce shi",
        "initials": "cs",
        "visits": 1,
        "statutory_days": 20,
        "promised_days": 5,
        "brief": (),
        "texts": {},
        "places": (Place(hall="city", window=WINDOW, queue="social"), Place(hall="baiyang", window=WINDOW, queue="help")),
        "bookable": True,
    }
    return Guide(**{**plain, **more})


def put_guides(office, *guides):
    """Put guides into force as they are, whatever was there."""
    with office.database.write() as connection:
        for one in guides:
            this = (catalogue_parts.c.kind == "guide", catalogue_parts.c.code == one.code)
            old = update(catalogue_parts).where(*this, catalogue_parts.c.replaced.is_(None), catalogue_parts.c.version != one.version)
            connection.execute(old.values(replaced=office.now()))
            connection.execute(delete(catalogue_parts).where(*this, catalogue_parts.c.version == one.version))
            body = msgspec.json.encode(one)
            row = {"kind": "guide", "code": one.code, "version": one.version, "digest": f"{one.version}", "body": body}
            connection.execute(catalogue_parts.insert().values(**row))


def put_matters(office):
    """Two matters at the city's social insurance, and nobody booked there yet."""
    with office.database.write() as connection:
        connection.execute(delete(bookings))
    put_guides(office, guide(ITEM), guide(REVIEWED, review=True, materials=MATERIALS, bookable=True))


def put_holiday(office, day, *, works=False):
    with office.database.write() as connection:
        connection.execute(delete(workdays).where(workdays.c.day == day))
        connection.execute(workdays.insert().values(day=day, works=works))


def put_load(office, minutes, service="social", hall="city"):
    with office.database.write() as connection:
        connection.execute(update(services).where(services.c.hall == hall, services.c.code == service).values(minutes=minutes))


def put_bands(office, bands, counter_codes, hall="city"):
    with office.database.write() as connection:
        connection.execute(update(counters).where(counters.c.hall == hall, counters.c.code.in_(counter_codes)).values(bands=bands))


def at(text):
    """A moment by the hall's clock: "11-23 09:00" of 2026, or with its own year."""
    return datetime.fromisoformat(text if text.count("-") == 2 else f"2026-{text}").replace(tzinfo=LOCAL)


class Booker:
    """A terminal that books."""

    def __init__(self, call):
        self.call = call
        self.count = 0

    def nonce(self):
        self.count += 1
        return f"booking-nonce-{id(self)}-{self.count:06d}"

    def days(self, item=ITEM, hall="city"):
        return self.call("GET", "/v1/booking-days", params={"item": item, "hall": hall})

    def hold(self, start, person=JIA, item=ITEM, hall="city", nonce=None, **more):
        start = start if isinstance(start, str) else start.isoformat()
        body = {"nonce": nonce or self.nonce(), "item": item, "hall": hall, "start": start, "person": person, **more}
        return self.call("POST", "/v1/bookings", body)

    def confirm(self, booking, phone="", language="zh-CN"):
        return self.call("POST", f"/v1/bookings/{booking}/confirm", {"booking": booking, "phone": phone, "language": language})

    def book(self, start, person=JIA, item=ITEM, hall="city", phone="", language="zh-CN"):
        held = self.hold(start, person, item, hall)
        assert held.status_code == 201, held.text
        return self.confirm(held.json()["id"], phone, language).json()

    def change(self, token, start, nonce=None):
        body = {"nonce": nonce or self.nonce(), "token": token, "start": start.isoformat()}
        return self.call("POST", "/v1/bookings/change", body)

    def cancel(self, token):
        return self.call("POST", "/v1/bookings/cancel", {"token": token})

    def by_token(self, token):
        return self.call("POST", "/v1/bookings/by-token", {"token": token})

    def by_code(self, code, tail):
        return self.call("POST", "/v1/bookings/by-code", {"code": code, "number_tail": tail})

    def of_person(self, person=JIA):
        return self.call("POST", "/v1/bookings/of-person", {"person": person})

    def check_in(self, token, review=""):
        return self.call("POST", "/v1/bookings/check-in", {"token": token, "language": "zh-CN", "review": review})


def said(answer):
    """Status and code of a refusal."""
    return answer.status_code, answer.json().get("code")
