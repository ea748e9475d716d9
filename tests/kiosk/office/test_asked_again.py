"""An answer got lost, the citizen changes the language and tries again: the office knows what it has done already."""

from dataclasses import replace

import pytest
from booking_help import ITEM, JIA, at, put_matters
from office_help import KEY, nonce

from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages import Person, TakeTicket
from kiosk.backend.messages.applications import OpenHandOver
from kiosk.backend.messages.bookings import CheckIn, ConfirmBooking, HoldSlot


@pytest.mark.postgres
def test_in_another_language_it_is_the_same_act(office, running, clock):
    put_matters(office)
    ask = OfficeClient(OfficeAccess(url=running[0].url, key=KEY)).ask

    def same(request):
        once = ask(request)
        assert ask(replace(request, language="en")) == once
        return once

    same(TakeTicket(nonce=nonce(1), service="business", language="zh-CN"))
    same(OpenHandOver(nonce=nonce(2), what="平面图", language="zh-CN"))
    held = ask(HoldSlot(nonce=nonce(3), item=ITEM, hall="city", start=at("11-23 09:00"), person=Person(**JIA)))
    same(ConfirmBooking(booking=held.id, phone="19900000001", language="zh-CN"))
    clock.now = at("11-23 09:00")
    same(CheckIn(token=held.token, language="zh-CN"))
