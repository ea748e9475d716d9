import pytest
from booking_help import ITEM, JIA, YI, Booker, at, put_matters, said
from sqlalchemy import func, select, text

from kiosk.office.bookings import forgetting
from kiosk.office.sms import outbox
from kiosk.office.tables import booking_changes, bookings, sms_outbox

START = at("11-23 09:00")
PHONE = "19900000001"


@pytest.fixture
def booker(office, call):
    put_matters(office)
    return Booker(call)


def waiting(office):
    """Kind and moment of the messages to go out, in their order."""
    with office.database.read() as connection:
        query = (
            select(sms_outbox.c.about, sms_outbox.c.next_try)
            .where(sms_outbox.c.state == "pending")
            .order_by(sms_outbox.c.next_try, sms_outbox.c.about)
        )
        return [
            (row.about.removeprefix("booking-"), f"{row.next_try.astimezone(START.tzinfo):%m-%d %H:%M}")
            for row in connection.execute(query)
        ]


def count(office, table):
    with office.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.postgres
def test_a_phone_is_told_reminded_and_forgotten(booker, office, clock):
    booking = booker.book(START, phone=PHONE)
    booker.confirm(booking["id"], PHONE)  # once more says it no second time
    assert waiting(office) == [("booked", "11-20 10:00"), ("reminder", "11-22 17:00")]
    with office.database.write() as connection:
        message = outbox.claim(connection, clock.now)
        assert message.phone == PHONE
        assert message.text == (
            "您已预约11月23日09:00在鹿城市政务服务中心办理“测试事项t-pension”，请当天08:00起凭身份证、预约二维码或预约编号"
            f"{booking['code']}在大厅自助机签到取号。来不了请在11月23日07:00前取消。"
        )
    booker.change(booking["token"], at("11-25 09:00"))
    assert waiting(office)[:2] == [("moved", "11-20 10:00"), ("booked", "11-20 10:02")]  # the one begun with goes its way
    assert waiting(office)[2:] == [("reminder", "11-24 17:00")]
    booker.cancel(booking["token"])
    assert [kind for kind, _ in waiting(office)] == ["cancelled", "moved", "booked"]
    with office.database.read() as connection:
        assert PHONE not in str(connection.execute(text("SELECT * FROM bookings")).all())


def texts(office):
    """What goes out, by its kind; of two of a kind the later one."""
    with office.database.read() as connection:
        query = select(sms_outbox.c.about, sms_outbox.c.text).order_by(sms_outbox.c.put)
        return {row.about.removeprefix("booking-"): row.text for row in connection.execute(query)}


@pytest.mark.postgres
def test_the_phone_is_told_in_the_language_it_was_booked_in(booker, office, clock):
    english, french = (booker.book(START, person, phone=PHONE, language=tag) for person, tag in ((JIA, "en"), (YI, "fr")))
    assert texts(office)["reminder"].startswith("提醒：")  # what the office cannot say it says in Chinese
    clock.go(minutes=1)
    assert booker.confirm(english["id"], PHONE, "zh-CN").json()["state"] == "booked"  # too late for another language
    booker.change(english["token"], at("11-25 09:00"))
    assert texts(office)["moved"].startswith(
        "Your booking has changed: 25 November, 09:00, Lucheng City Service Hall, “Test matter t-pension”. From 08:00, check in"
    )
    assert english["code"] in texts(office)["moved"]
    assert texts(office)["reminder"].startswith("Reminder of your booking: 25 November, 09:00")
    booker.cancel(english["token"])
    assert texts(office)["cancelled"].startswith("Your booking is cancelled: ")
    booker.cancel(french["token"])
    assert said(booker.confirm(booker.hold(START).json()["id"], PHONE, "not a language")) == (422, "invalid")


def test_no_reminder_for_tomorrow_in_the_evening_and_none_after_check_in(booker, office, clock):
    clock.now = at("11-22 17:00")
    booker.book(START, phone=PHONE)
    assert [kind for kind, _ in waiting(office)] == ["booked"]
    second = booker.book(at("11-24 09:00"), YI, phone=PHONE)
    assert [kind for kind, _ in waiting(office)] == ["booked", "booked", "reminder"]
    with office.database.write() as connection:
        connection.execute(bookings.update().where(bookings.c.id == second["id"]).values(check_in_from=clock.now, check_in_until=clock.now))
    booker.check_in(second["token"])
    assert [kind for kind, _ in waiting(office)] == ["booked", "booked"]


def test_without_a_phone_nothing_is_said(booker, office):
    booking = booker.book(START)
    booker.change(booking["token"], at("11-24 09:00"))
    booker.cancel(booking["token"])
    assert waiting(office) == []


@pytest.mark.postgres
def test_what_is_over_is_noted_and_forgotten(booker, office, clock):
    moved = booker.book(at("11-24 09:00"), phone=PHONE)
    booker.change(moved["token"], START)
    held = booker.hold(START, YI).json()
    clock.now = at("11-23 09:20:01")
    booker.book(at("11-25 09:00"))
    with office.database.read() as connection:
        rows = {row.id: row for row in connection.execute(select(bookings))}
    assert (rows[moved["id"]].state, rows[moved["id"]].phone) == ("missed", None)
    assert rows[held["id"]].state == "expired"
    assert f"{rows[held['id']].ended.astimezone(START.tzinfo):%m-%d %H:%M}" == "11-20 10:15"
    clock.now = at("2027-01-22 09:20:00")
    booker.hold(at("2027-01-25 09:00"), YI)
    assert (count(office, bookings), count(office, booking_changes)) == (4, 1)
    clock.go(seconds=2)
    booker.hold(at("2027-01-25 10:00"), JIA, item=ITEM)
    assert (count(office, bookings), count(office, booking_changes)) == (3, 0)


@pytest.mark.postgres
def test_little_is_forgotten_at_a_time(booker, office, clock, monkeypatch):
    for n in range(3):
        booker.hold(START, {"number": f"99999919900101{n:03d}X", "name": "测试"})
    clock.now = at("2027-03-01 10:00")
    monkeypatch.setattr(forgetting, "_AT_ONCE", 2)
    booker.hold(at("2027-03-02 09:00"))
    assert count(office, bookings) == 2
