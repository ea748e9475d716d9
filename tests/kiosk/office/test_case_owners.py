"""Whose card is good for a case: the applicant's, and where that is an organisation, of who handed it in for it."""

import threading
import time

import pytest
from application_help import JIA, Applicant, put_item, said
from hypothesis import given
from hypothesis import strategies as st
from office_help import nonce
from sqlalchemy import select, text

from kiosk.backend.messages import Delivery, DeliveryKind, Person, SetDelivery, UrgeCase
from kiosk.office.access import Terminal
from kiosk.office.applicants import is_organisation
from kiosk.office.problems import ProblemError
from kiosk.office.results.delivering import set_delivery
from kiosk.office.results.urging import open_reminders, urge_case
from kiosk.office.tables import cases

COMPANY = {"number": "91999999MA0AAAA0XM", "name": "样例鹿角甲有限公司"}
HANDLER = {"number": "999999197511300073", "name": "测试·港一"}
OWN, BROUGHT = "990000000107", "990000000106"  # the organisation's; a natural person's, brought by a helper
TAILS = {OWN: "9901", BROUGHT: "0061"}


def token_of(call, number):
    return call.by_number(number, TAILS[number]).json()["token"]


def prints(call, token, who, n=1):
    return call("POST", "/v1/results/print", {"nonce": nonce(n), "token": token, "person": who})


def of_person(call, who):
    return [one["number"] for one in call("POST", "/v1/cases/of-person", who).json()]


@pytest.mark.postgres
def test_an_organisations_case_is_for_who_handed_it_in(call):
    token = token_of(call, OWN)
    shown = call("POST", "/v1/cases/by-token", {"token": token, "person": HANDLER})
    assert (shown.status_code, shown.json()["applicant"]) == (200, COMPANY["name"])
    assert OWN in of_person(call, HANDLER)
    assert prints(call, token, HANDLER).json()["facts"][0]["value"] == COMPANY["name"]
    chosen = call("PUT", "/v1/cases/delivery", {"token": token, "person": HANDLER, "delivery": {"kind": "electronic"}})
    assert chosen.json()["delivery"]["kind"] == "electronic"
    named, numbered = HANDLER | {"name": JIA["name"]}, HANDLER | {"number": JIA["number"]}
    for n, stranger in enumerate((JIA, named, numbered, COMPANY)):  # no card bears the organisation's number
        assert said(prints(call, token, stranger, 10 + n))[:2] == (403, "not_the_applicant")
        assert said(call("POST", "/v1/cases/by-token", {"token": token, "person": stranger}))[:2] == (403, "not_the_applicant")
        assert OWN not in of_person(call, stranger)


def test_who_brought_a_natural_persons_case_may_not_alone(call):
    assert said(call("POST", "/v1/cases/by-token", {"token": token_of(call, BROUGHT), "person": JIA}))[:2] == (403, "not_the_applicant")
    assert BROUGHT not in of_person(call, JIA)


def test_who_hands_in_for_an_organisation_is_recorded_then(call, office):
    put_item(office)
    receipt = Applicant(call).submit(person=COMPANY, agent=HANDLER).json()
    assert receipt["number"] in of_person(call, HANDLER)
    shown = call("POST", "/v1/cases/by-token", {"token": receipt["token"], "person": HANDLER}).json()
    assert (shown["applicant"], shown["agent"]) == (COMPANY["name"], HANDLER["name"])


@pytest.mark.parametrize("number", ["91999999MA0AAAA0XM", "91350100M000100Y43"])
def test_an_organisation_is_known_by_its_code(number):
    assert is_organisation(number)
    for at in range(18):  # one wrong sign is no code
        assert not is_organisation(number[:at] + ("0" if number[at] != "0" else "1") + number[at + 1 :])


@pytest.mark.parametrize("number", ["", "999999199001010016", "99999919920308104X", "XXA999988122501", "999999197511300073", "SVOIZ9999MA0AAAA0X"])
def test_no_card_is_an_organisation(number):
    assert not is_organisation(number)


@given(st.text(max_size=20))
def test_whatever_stands_there_is_an_organisation_or_none(number):
    assert is_organisation(number) in {True, False}


# -- two at once --------------------------------------------------------------------------------------------------------------


def waits_for_a_row(office):
    """Until some transaction does; each look is one of its own."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with office.database.read() as connection:
            if connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one():
                return
    raise AssertionError("nobody waits")


def meanwhile(office, number, act):
    """What `act` comes to that begins while the case is being decided."""
    came = []

    def run():
        try:
            came.append(act())
        except ProblemError as error:
            came.append(error.code)

    other = threading.Thread(target=run)
    with office.database.write() as connection:
        row = connection.execute(select(cases).where(cases.c.number == number).with_for_update()).one()
        other.start()
        waits_for_a_row(office)
        closed = cases.update().where(cases.c.number == row.number)
        connection.execute(closed.values(state="approved", closed=office.today(), next_step={"zh-CN": "已办结", "en": "Done"}))
    other.join(30)
    return came[0]


@pytest.mark.postgres(only=True)
def test_a_way_chosen_while_it_is_decided_does_not_bring_the_old_words_back(call, office):
    token = token_of(call, BROUGHT)
    request = SetDelivery(token=token, person=Person(number="999999194101010061", name="测试·长者"), delivery=Delivery(kind=DeliveryKind.ELECTRONIC))
    case = meanwhile(office, BROUGHT, lambda: set_delivery(office, request))
    assert (case.state, case.next_step["zh-CN"]) == ("approved", "已办结，可在自助机上打印结果。")


@pytest.mark.postgres(only=True)
def test_what_is_decided_meanwhile_is_not_urged(call, office):
    token = token_of(call, BROUGHT)
    terminal = Terminal("kiosk-1", "city")
    assert meanwhile(office, BROUGHT, lambda: urge_case(office, terminal, UrgeCase(nonce=nonce(1), token=token))) == "not_overdue"
    assert open_reminders(office) == ()
