"""The terminal's own client and the office understand each other about applications."""

from dataclasses import fields, replace

import pytest
from application_help import ANSWERS, FORM, ITEM, JIA, SIGNED, YI, jpeg, put_item
from office_help import KEY, Caller, nonce

from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages import Case, CaseAct, CaseByToken, Delivery, DeliveryKind, Person, SetDelivery, Urge, UrgeCase
from kiosk.backend.messages.applications import AwaitHandOver, GivenMaterial, HandOver, OpenHandOver, Receipt, Submit, Upload, UploadPicture
from kiosk.backend.messages.documents import OfficialDocument, PrintResult
from kiosk.backend.messages.reviews import MaterialAnswer
from kiosk.errors import BackendError, BackendReason, Refusal
from kiosk.office.applications.contract import DeliveryBody, GivenMaterialBody, SubmitBody
from kiosk.office.results.contract import PrintResultBody, SetDeliveryBody, UrgeCaseBody
from kiosk.office.uploads.contract import OpenHandOverBody

ADDRESS = "鹿城市示范区测试路1号"
ELDER, RARE = Person(number="999999194101010061", name="测试·长者"), Person(number="999999198802290052", name="测试䶮")
POST = Delivery(kind=DeliveryKind.POST, receiver="测试·甲一", phone="13900000016", address=ADDRESS)


@pytest.fixture
def ask(running, office):
    put_item(office)
    return OfficeClient(OfficeAccess(url=running[0].url, key=KEY, read=20, total=30)).ask


def application(*pictures, **more):
    have = [GivenMaterial(answer=MaterialAnswer.HAVE, uploads=(one,)) for one in pictures]
    plain = {
        "nonce": nonce(9),
        "item": ITEM,
        "item_version": 1,
        "form": FORM.code,
        "form_version": 1,
        "person": Person(**JIA),
        "agent": Person(**YI),
        "phone": "13900000016",
        "answers": ANSWERS,
        "materials": {"id": have[0], "plan": have[1], "health": GivenMaterial(answer=MaterialAnswer.LATER), "lease": GivenMaterial(answer=MaterialAnswer.NOT_NEEDED)},
        "delivery": POST,
        "signature": SIGNED,
        "language": "zh-CN",
    }
    return Submit(**plain | more)


def refusal(ask, request):
    with pytest.raises(BackendError) as caught:
        ask(request)
    return caught.value.refusal


def test_from_the_picture_to_the_delivery(ask, running):
    taken = ask(UploadPicture(nonce=nonce(1), jpeg=jpeg()))
    assert isinstance(taken, Upload)
    opened = ask(OpenHandOver(nonce=nonce(2), what="平面图", language="zh-CN"))
    assert isinstance(opened, HandOver)
    phone = Caller(running[0].url, None)
    assert phone("PUT", f"{opened.url.removeprefix('https://office.invalid')}/{nonce(3)}", data=jpeg(seed=3)).status_code == 200
    phone.session.close()
    (sent,) = ask(AwaitHandOver(id=opened.id, known=0)).received
    request = application(taken.id, sent.id)
    receipt = ask(request)
    assert isinstance(receipt, Receipt)
    assert ask(request) == receipt
    case = ask(CaseByToken(token=receipt.token))
    assert isinstance(case, Case)
    assert (case.number, case.agent, case.delivery, case.acts) == (receipt.number, YI["name"], POST, (CaseAct.DELIVERY,))
    changed = ask(SetDelivery(token=receipt.token, person=Person(**JIA), delivery=Delivery(kind=DeliveryKind.ELECTRONIC)))
    assert changed.delivery == Delivery(kind=DeliveryKind.ELECTRONIC)
    assert refusal(ask, replace(request, nonce=nonce(10))) is Refusal.DUPLICATE_CASE
    assert refusal(ask, UrgeCase(nonce=nonce(4), token=receipt.token)) is Refusal.NOT_OVERDUE
    assert refusal(ask, PrintResult(nonce=nonce(5), token=receipt.token, person=Person(**JIA))) is Refusal.NO_RESULT_YET


def test_every_refusal_is_one_the_terminal_knows(ask):
    assert refusal(ask, UploadPicture(nonce=nonce(1), jpeg=b"no picture")) is Refusal.UPLOAD_INVALID
    first, second = (ask(UploadPicture(nonce=nonce(n), jpeg=jpeg(seed=n))).id for n in (2, 3))
    request = application(first, second)
    without = {code: one for code, one in request.materials.items() if code != "plan"}
    later = request.materials | {"plan": GivenMaterial(answer=MaterialAnswer.LATER)}
    stored = request.materials | {"id": GivenMaterial(answer=MaterialAnswer.LICENCE, licence="A" * 22)}
    assert refusal(ask, replace(request, item_version=2)) is Refusal.STALE_CATALOGUE
    assert refusal(ask, replace(request, signature="")) is Refusal.FORM_INVALID
    assert refusal(ask, replace(request, materials=without)) is Refusal.MATERIAL_MISSING
    assert refusal(ask, replace(request, materials=later)) is Refusal.NOT_DEFERRABLE
    assert refusal(ask, replace(request, materials=stored)) is Refusal.LICENCE_INVALID
    assert refusal(ask, application(first, first)) is Refusal.UPLOAD_INVALID
    with pytest.raises(BackendError) as caught:
        ask(CaseByToken(token="A" * 22))
    assert caught.value.reason is BackendReason.NOT_FOUND


def test_an_overdue_and_a_finished_case(ask, call):
    overdue, finished = (call.by_number(number, tail).json()["token"] for number, tail in (("990000000001", "0016"), ("990000000009", "0061")))
    assert isinstance(ask(UrgeCase(nonce=nonce(1), token=overdue)), Urge)
    assert refusal(ask, UrgeCase(nonce=nonce(2), token=overdue)) is Refusal.URGED_ALREADY
    assert refusal(ask, PrintResult(nonce=nonce(3), token=finished, person=Person(**JIA))) is Refusal.NOT_THE_APPLICANT
    assert isinstance(ask(PrintResult(nonce=nonce(3), token=finished, person=ELDER)), OfficialDocument)
    posted = call.by_number("990000000015", "0052").json()["token"]
    assert refusal(ask, SetDelivery(token=posted, person=Person(**JIA), delivery=POST)) is Refusal.NOT_THE_APPLICANT
    assert refusal(ask, SetDelivery(token=posted, person=RARE, delivery=POST)) is Refusal.DELIVERY_CLOSED


@pytest.mark.parametrize("body", [SubmitBody, GivenMaterialBody, DeliveryBody, OpenHandOverBody, UrgeCaseBody, SetDeliveryBody, PrintResultBody])
def test_a_body_is_the_message_with_limits_and_shows_no_secret(body):
    (shared,) = body.__mro__[1:2]
    assert {one.name for one in fields(body)} == {one.name for one in fields(shared)}
    assert {one.name for one in fields(body) if not one.repr} == {one.name for one in fields(shared) if not one.repr}


def test_what_is_shown_of_a_request_names_nobody():
    printing = PrintResult(nonce=nonce(1), token="A" * 22, person=Person(**JIA))
    shown = repr((application("0" * 32, "1" * 32), printing, SetDelivery(token="A" * 22, person=Person(**YI), delivery=POST)))
    for secret in (*JIA.values(), *YI.values(), ANSWERS["shop"], ANSWERS["phone"], SIGNED, ADDRESS):
        assert secret not in shown
