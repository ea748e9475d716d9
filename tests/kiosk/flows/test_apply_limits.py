"""What may be typed and sent is what the office takes, no more and no less."""

from dataclasses import replace

from made_catalogue import w
from walking import full

from kiosk.answers import LONGEST
from kiosk.backend.messages.applications import OpenHandOver
from kiosk.backend.messages.catalogue import Material
from kiosk.backend.messages.forms import Field, Form
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Go
from kiosk.flows.apply import fields, materials
from kiosk.flows.apply.facts import Facts
from kiosk.office.catalogue.check_forms import check_form


def asked(kind, **more):
    one = Field(key="a", label=w("甲"), kind=kind, **more)
    form = Form(code="f", version=1, title=w("表"), fields=(one,), declaration=w("属实"))
    return form, fields.field(Facts(form=form, at=0), around())


def around():
    return full().session._around("id")


def test_an_address_and_a_number_can_be_typed_as_long_as_the_form_takes_them():
    assert asked("address", most=60)[1].most == 60
    assert asked("address", most=500)[1].most == 100
    assert asked("number", most=1_000_000_000_000)[1].most == 13
    assert asked("number", most=500)[1].most == 3


def test_a_form_that_asks_for_more_than_can_be_handed_in_is_not_published():
    assert [one.what for one in check_form(asked("text", most=LONGEST)[0])] == []
    assert any("no more than" in one.what for one in check_form(asked("text", most=LONGEST + 1)[0]))


def test_the_phones_page_is_opened_for_a_material_with_an_endless_name():
    guide = full().session._around("id").catalogue.guide("food")
    long = Material(code="x", name=w("甲\n乙" * 300), source=w("本人"), copies=1, original=False)
    facts = Facts(guide=replace(guide, materials=(long,)), on=0, nonce="n" * 16)
    request = materials.open_phone(facts, around())
    assert (isinstance(request, OpenHandOver), len(request.what), "\n" in request.what) == (True, 200, False)


def test_a_picture_that_is_not_taken_whatever_the_reason_is_taken_again_and_not_sent_again():
    too_large, away = BackendError(BackendReason.REFUSED, "HTTP 413"), BackendError(BackendReason.UNREACHABLE)
    assert [go.step for go in (materials.not_uploaded(Facts(), error, around()) for error in (too_large, away)) if isinstance(go, Go)] == [
        "camera",
        "not_uploaded",
    ]
