"""An office that was updated before its terminals says a state or an act they have never heard of: the rest is shown all the same."""

import json

import msgspec
import pytest
from flow_values import BOOKING, MATTER, POSITION
from walking import case, full

from drivers.contract import CodeScanned
from kiosk.backend.messages import CaseAct, CaseByToken, CaseState, CaseSummary, Delivery, DeliveryKind, FollowTicket, StageState
from kiosk.backend.messages.base import Growing
from kiosk.backend.messages.bookings import BookingByToken, BookingState
from kiosk.backend.messages.matters import MatterByToken
from kiosk.backend.wire import decode
from kiosk.errors import BackendError, BackendReason

NEW = "heardOfNextYear"
ASK = "请问窗口"


def heard(request, reply, **changes):
    """What a terminal makes of `reply` with these values of a newer office in place of its own."""
    body = msgspec.to_builtins(reply)
    for path, value in changes.items():
        part, (*above, last) = body, path.split("__")
        for name in above:
            part = part[int(name) if name.isdigit() else name]
        part[last] = value
    return decode(request, json.dumps(body).encode())


def test_a_case_in_a_state_and_with_an_act_of_next_year():
    walk = full().service("look_up").choose("code").handle(CodeScanned(role="scanner", text=f"LCZC1:{case().token}"))
    sent = case(acts=(CaseAct.URGE,), delivery=Delivery(kind=DeliveryKind.POST))
    found = heard(walk.request, sent, state=NEW, acts=[NEW, "urge", NEW], stages__0__state=NEW, delivery__kind="locker")
    assert (found.state, found.stages[0].state, found.delivery.kind) == (CaseState.OTHER, StageState.OTHER, DeliveryKind.OTHER)
    walk.reply(found)
    assert [option.value for option in walk.screen.more] == ["urge", "complain"]
    assert (walk.say(walk.screen.state), walk.say(walk.screen.stages[0].state_label)) == (ASK, ASK)
    assert [walk.say(row.value) for row in walk.screen.rows].count(ASK) == 1
    assert [walk.say(row.label) for row in walk.screen.deadline] == ["承诺时限", "法定时限", "已用时间"]  # nobody knows whether it still runs
    assert walk.choose(NEW).name == "CaseShown"


def test_a_list_with_one_such_case_shows_them_all():
    walk = full().service("mine").choose("cases").card()
    sent = [CaseSummary(number=token, item={"zh-CN": token}, state=CaseState.APPROVED, accepted=case().accepted, token=token * 22) for token in "AB"]
    walk.reply(heard(walk.request, sent, **{"0__state": NEW}))
    assert [walk.say(option.note) for option in walk.screen.options] == [ASK, "已批准"]


def test_a_queue_ticket():
    walk = full().service("position").handle(CodeScanned(role="scanner", text=f"https://lucheng.example/t/{'F' * 22}"))
    walk.reply(heard(walk.request, POSITION, state=NEW))
    assert (walk.screen.number, walk.say(walk.screen.badges[0].label)) == ("A005", ASK)


def test_a_booking():
    walk = full().service("mine").choose("bookings").card()
    walk.reply(heard(walk.request, [BOOKING], **{"0__state": NEW}))
    assert [(option.enabled, walk.say(option.why)) for option in walk.screen.options] == [(False, ASK)]
    assert heard(BookingByToken(token="B" * 22), BOOKING, state=NEW).state is BookingState.OTHER


def test_a_question():
    walk = full().service("mine").choose("matters").card()
    walk.reply(heard(walk.request, [MATTER], **{"0__state": NEW, "0__stages__0__state": NEW})).choose(MATTER.token)
    walk.reply(heard(walk.request, MATTER, state=NEW, stages__0__state=NEW))
    assert walk.say(walk.screen.badges[0].label) == ASK
    assert ASK in [walk.say(row.label) for section in walk.screen.sections for row in section.rows]


@pytest.mark.parametrize("value", [7, None, True, [], {}, ["approved"]])
def test_what_is_no_word_at_all_stays_broken(value):
    for request, reply in ((CaseByToken(token="A" * 22), case()), (FollowTicket(token="F" * 22), POSITION), (MatterByToken(token="M" * 22), MATTER)):
        with pytest.raises(BackendError) as caught:
            heard(request, reply, state=value)
        assert caught.value.reason is BackendReason.BROKEN


def test_every_value_that_may_grow_has_a_word_for_the_rest():
    for kind in Growing.__subclasses__():
        assert kind(NEW) is kind.OTHER
