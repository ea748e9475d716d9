"""Walks through an application, and what the office says in them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from made_catalogue import FOOD, catalogue
from walking import full, words

from kiosk.backend.messages.applications import Receipt
from kiosk.backend.messages.reviews import Licence, LicencesOfPerson

PHONE = "13900000000"
SIGNATURE = "M 1 2 L 3 4"
LICENCE = Licence(kind="idCard", name=words("居民身份证"), number="1", issuer=words("公安局"), issued=date(2020, 1, 1), expires=None, valid=True, token="L" * 22)
RECEIPT = Receipt(
    number="LC20260304009", item_name=words("食品经营许可"), accepted=datetime(2026, 3, 4, 12, tzinfo=UTC), promised_date=date(2026, 3, 11),
    office=words("市场监管局"), phone="12345", token="C" * 22,
)  # fmt: skip


def form(walk=None, materials=FOOD.materials[:1]):
    guide = replace(FOOD, materials=materials)
    walk = walk or full(catalogue(guide))
    return walk.service("apply").choose("food").touch("yes").card().touch("yes")


def filled(**more):
    """Every question of the form answered; the licence store is asked next."""
    walk = form(**more).choose("eat").touch("enter", "40").touch("enter", "20260401")
    assert isinstance(walk.request, LicencesOfPerson)
    return walk


def checking(**more):
    return filled(**more).reply((LICENCE,)).touch("enter", PHONE).choose("counter")


def sent():
    return checking().touch("submit").touch("sign", SIGNATURE, nonce="a1")
