"""What the office gives out on paper, screen and phone is good for all that is said of it: typed on the keys there are, or scanned."""

from datetime import timedelta

import pytest
import requests
from application_help import Applicant, jpeg, put_item
from booking_help import GOOD, ITEM, JIA, REVIEWED, at, put_matters
from citizen import KEYS, Citizen, catalogue_of, client_of, code_of, pair, qr, row
from licence_help import put_licence
from office_help import FRIDAY, OTHER_KEY, Clock, nonce, running_office

from kiosk.backend.messages import CasesOfPerson, Person
from kiosk.backend.messages.applications import AwaitHandOver, OpenHandOver
from kiosk.backend.messages.bookings import ConfirmBooking, HoldSlot
from kiosk.backend.messages.reviews import MaterialAnswer, SubmitReview
from kiosk.errors import BackendError, BackendReason
from kiosk.receipt import Slip, encode
from kiosk.screens import Pad
from kiosk.texts import text

PERSON = Person(**JIA)
PHONE = "13900000016"
FULL_WIDTH = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ")


@pytest.fixture(scope="module")
def ticking():
    return Clock()


@pytest.fixture(scope="module")
def running(template, tmp_path_factory, ticking):
    """One office for all: what one citizen leaves there is in no other's way."""
    with running_office(template, tmp_path_factory.mktemp("paper"), ticking) as opened:
        yield opened


@pytest.fixture
def clock(ticking):
    ticking.now = FRIDAY
    return ticking


@pytest.fixture(scope="module")
def client(running):
    return client_of(running)


@pytest.fixture(scope="module")
def catalogue(running, client, ticking):
    put_matters(running[1].state.office)
    return catalogue_of(client, ticking)


@pytest.fixture
def someone(client, clock, catalogue):
    """Makes citizens who come one after the other to a terminal of the city hall."""
    return lambda **more: Citizen(client, clock, catalogue, **more)


def fetched(running, url):
    """What a phone gets of a page whose address was on a paper."""
    assert url.startswith("https://office.invalid/"), url
    return requests.get(running[0].url + url.removeprefix("https://office.invalid"), headers={"Accept": "text/html"}, timeout=20)


def test_the_keypads_have_the_signs_that_are_printed_on_them():
    assert KEYS[Pad.DIGITS] == frozenset("0123456789")
    assert KEYS[Pad.ID_NUMBER] == KEYS[Pad.DIGITS] | {"X"}
    assert KEYS[Pad.CASE_NUMBER] >= KEYS[Pad.DIGITS] | frozenset("ZXGDTSCBYSJD")


# -- questions, work orders, complaints ---------------------------------------------------------------------------------------


def files(citizen, service):
    """Say something; the paper that comes out."""
    citizen.opens(service, "new").choose("general" if service == "question" else citizen.screen.options[0].value)
    citizen.touch("enter", "夜里有声音")
    citizen.touch("no").touch("enter", PHONE).touch("submit")
    return citizen.papers[-1]


@pytest.mark.parametrize("service", ["question", "order", "complain"])
def test_what_was_said_is_found_again_by_its_paper_and_by_its_number(someone, catalogue, desk, service):
    paper = files(someone(), service)
    number, digits = next(block.text for block in paper.blocks if getattr(block, "text", "").count("-") == 2), pair(paper, "matter-digits")
    state = {"assign": {"department": catalogue.head.departments[0].code}, "take": {}, "answer": {"text": "明天去看。"}}
    for act, body in state.items():
        assert desk.session.post(f"{desk.url}/matters/{number}/{act}", json=body, timeout=20).status_code == 200
    for where in ("question", "order", "complain"):
        typing = someone().opens(where, "follow", "number")
        typing.presses(number).presses(digits)
        assert (typing.here, "明天去看。" in typing.shows()) == ("matter", True)
    for scanning in (someone(), someone().opens(service, "follow"), someone().opens(service, "follow", "code")):
        assert "明天去看。" in scanning.holds(qr(paper)).shows()


def test_a_question_whose_answer_was_lost_is_sent_again_in_the_language_it_was_sent_in(someone):
    """In another one it would be another request under the same nonce, and refused for ever."""
    citizen = someone()
    citizen.opens("question", "new", "general").touch("enter", "几点开门")
    citizen.touch("no").touch("skip")
    ask, lost = citizen.client.ask, []

    def loses_the_first(request):
        reply = ask(request)
        if not lost:
            lost.append(reply)
            raise BackendError(BackendReason.TIMEOUT)
        return reply

    citizen.client = type("Lossy", (), {"ask": staticmethod(loses_the_first)})
    citizen.touch("submit").touch("frame-language", "en").touch("primary")
    assert (citizen.here, lost[0].number in citizen.shows()) == ("printed", True)


# -- cases --------------------------------------------------------------------------------------------------------------------


def test_an_application_is_found_by_its_receipt_and_by_its_number(someone, office, call):
    put_item(office)
    receipt = Applicant(call).submit(phone=PHONE).json()
    typing = someone().opens("look_up", "number")
    typing.presses(receipt["number"]).presses(PHONE[-4:])
    assert receipt["number"] in typing.shows()
    for scanning in (someone(), someone().opens("look_up"), someone().opens("look_up", "code")):
        assert receipt["number"] in scanning.holds(encode(receipt["token"])).shows()


def test_a_case_slip_opens_the_case_its_result_and_its_rating(someone):
    first = someone().opens("look_up", "card")
    first.touch("yes")
    decided = next(one for one in first.screen.options if one.note == text("case-state-approved"))
    first.choose(decided.value).touch("print")
    paper = first.papers[-1]
    number = pair(paper, "case-number")
    assert number in someone().holds(qr(paper)).shows()
    assert someone().opens("documents", "code").holds(qr(paper)).here == "owner_consent"
    assert someone().opens("rate", "code").holds(qr(paper)).here == "rating"
    typing = someone().opens("look_up", "number").presses(number)
    assert typing.presses("0016").here == "case"


# -- bookings -----------------------------------------------------------------------------------------------------------------


def booked(client, start="11-23 09:00", person=PERSON, hall="city", n=1):
    held = client.ask(HoldSlot(nonce=nonce(n), item=ITEM, hall=hall, start=at(start), person=person))
    return client.ask(ConfirmBooking(booking=held.id))


def test_a_booking_is_found_by_paper_by_its_digits_and_by_card_and_checked_in(someone, client, clock):
    booking = booked(client)
    holder = someone().opens("book", "find", "card")
    holder.touch("yes").choose(booking.token, "print")
    paper = holder.papers[-1]
    digits = next(block.text for block in paper.blocks if getattr(block, "text", "").replace(" ", "") == booking.code)
    for service in ("book", "check_in"):
        ways = ("find",) if service == "book" else ()
        typing = someone().opens(service, *ways, "number").presses(digits)
        assert typing.presses(JIA["number"][-4:]).here == ("booking" if service == "book" else "sure")
        assert someone().opens(service, *ways).holds(qr(paper)).here == typing.here
    early = someone().holds(qr(paper))
    assert early.name == "Message"
    clock.now = at("11-23 08:00")
    assert someone().holds(qr(paper)).touch("yes").name == "TicketShown"
    clock.now = at("11-23 10:00")
    assert someone().holds(qr(paper)).touch("yes").screen.number


def test_a_number_that_ends_in_x_can_be_typed(someone, client):
    person = Person(number="99999919900101002X", name="测试·尾号")
    booking = booked(client, person=person, n=2)
    typing = someone().opens("check_in", "number").presses(booking.code)
    assert typing.presses("002X").here == "sure"


def test_a_booking_of_another_hall_is_told_where_it_is(running, someone, client):
    booking = booked(client, "11-24 09:00", hall="baiyang", n=3)
    asked = someone().holds(encode(booking.token, Slip.BOOKING))
    assert asked.say(text("refused-wrong-hall")) in asked.shows()


# -- tickets ------------------------------------------------------------------------------------------------------------------


def test_a_ticket_is_followed_at_the_terminal_and_on_the_phone(running, someone):
    taking = someone().opens("ticket", "business")
    if taking.name == "Question":
        taking.touch("yes")
    paper, number = taking.papers[-1], taking.screen.number
    assert number in someone().holds(qr(paper)).shows()
    assert number in someone().opens("position").holds(qr(paper)).shows()
    assert fetched(running, qr(paper)).status_code == 200
    elsewhere = Citizen(client_of(running, OTHER_KEY), someone().clock).holds(qr(paper))
    assert number in elsewhere.shows()
    assert taking.touch("done").touch("rate", "5").name in {"ChooseSome", "Message"}


# -- pre-reviews --------------------------------------------------------------------------------------------------------------


def reviewed(client, n=1, **more):
    answers = {code: MaterialAnswer(answer) for code, answer in {**GOOD, **more}.items()}
    return client.ask(SubmitReview(nonce=nonce(n), item=REVIEWED, item_version=1, person=PERSON, answers=answers))


def test_a_passed_pre_review_opens_its_ticket_until_its_time_is_over(office, someone, client, clock):
    review = reviewed(client)
    paper = someone().holds(encode(review.token, Slip.REVIEW)).choose("print")
    assert row(paper.sheets[-1], "review-number") == review.number
    taking = someone().holds(code_of(paper.sheets[-1])).choose("ticket").touch("yes")
    assert pair(taking.papers[-1], "ticket-review-number") == review.number
    clock.now = review.valid_until + timedelta(minutes=1)
    late = someone().holds(code_of(paper.sheets[-1]))
    assert late.say(text("refused-review-expired")) in late.shows()


def test_what_was_promised_is_found_by_the_number_on_the_promise(someone, client, desk):
    number = reviewed(client, 5, lease="later").number
    for typed in (number, number.lower(), number.replace("-", ""), number.replace("-", "–"), f" {number}", number.translate(FULL_WIDTH)):
        found = desk.session.get(f"{desk.url}/promises/{typed}", timeout=20)
        assert (found.status_code, found.json().get("number")) == (200, number), typed
        brought = desk.session.post(f"{desk.url}/promises/{typed}/brought", json={"material": "lease"}, timeout=20)
        assert brought.json()["promises"][0]["kept"]


# -- documents ----------------------------------------------------------------------------------------------------------------


def copied(citizen):
    """A copy of a licence of the card's holder: the sheets."""
    citizen.opens("documents", "card").touch("yes")
    citizen.choose(next(one.value for one in citizen.screen.options if one.value.startswith("licence:") and one.enabled))
    citizen.choose("school").touch("yes")
    return citizen.sheets[-1]


def test_a_copy_is_verified_by_its_code_however_it_is_typed(running, office, someone):
    put_licence(office, "card-1", office.today())
    sheets = copied(someone())
    assert "此件真实有效" in fetched(running, code_of(sheets)).text
    code = row(sheets, "document-verify-code")
    confused = code.replace("0", "O").replace("1", "I")
    wide = code.translate(FULL_WIDTH).replace("-", "－")
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("-", "—"), confused, wide, f"{code}\n"):
        assert "此件真实有效" in fetched(running, f"https://office.invalid/verify/{typed}").text, typed


# -- the phone ----------------------------------------------------------------------------------------------------------------


def test_a_phone_sends_pictures_and_reads_guides_by_the_addresses_that_are_shown(running, someone, client, clock):
    opened = client.ask(OpenHandOver(nonce=nonce(1), what="租赁合同", language="zh-CN"))
    assert fetched(running, opened.url).status_code == 200
    path = running[0].url + opened.url.removeprefix("https://office.invalid")
    assert requests.put(f"{path}/{nonce(2)}", data=jpeg(), timeout=20).status_code == 200
    assert len(client.ask(AwaitHandOver(id=opened.id, known=0)).received) == 1
    clock.go(minutes=10)
    assert fetched(running, opened.url).status_code == 410


def test_who_has_more_cases_than_a_terminal_takes_gets_the_newest(client, monkeypatch):
    every = client.ask(CasesOfPerson(**JIA))
    monkeypatch.setattr("kiosk.office.cases._MOST", 3)
    assert client.ask(CasesOfPerson(**JIA)) == every[:3] != every
