import threading

import pytest
from booking_help import GOOD, JIA, REVIEWED, YI, at, put_matters, said
from hypothesis import given, settings
from hypothesis import strategies as st
from licence_help import put_licence
from office_help import nonce
from sqlalchemy import select, text, update

from kiosk.backend.messages.documents import PrintLicence
from kiosk.office.documents import codes
from kiosk.office.documents.copies import COPIES_A_DAY
from kiosk.office.documents.verify import Standing, verify
from kiosk.office.licences.store import print_licence
from kiosk.office.problems import ProblemError
from kiosk.office.tables import document_copies, licences

DING = {"number": "999999199001010024", "name": "测试·丁"}


def day(written):
    return at(written).date()


def of_person(call, person=JIA):
    return call("POST", "/v1/licences/of-person", {"person": person})


def printed(call, token, n, purpose="仅供办理入学使用"):
    return call("POST", "/v1/licences/print", {"nonce": nonce(n), "token": token, "purpose": purpose})


def test_the_persons_licences_with_valid_ones_first(office, call):
    put_licence(office, "old", day("2020-01-01"), expires=day("11-19"))
    put_licence(office, "new", day("2025-01-01"), expires=day("11-20"))
    put_licence(office, "for-ever", day("2024-01-01"))
    put_licence(office, "taken-back", day("2026-01-01"), revoked=day("11-01"))
    put_licence(office, "to-come", day("11-21"))
    put_licence(office, "another's", day("2025-01-01"), person=YI)
    found = of_person(call).json()
    assert [(one["name"]["en"][8:], one["valid"]) for one in found if one["number"].startswith("NO-")] == [
        ("new", True),
        ("for-ever", True),
        ("to-come", False),
        ("taken-back", False),
        ("old", False),
    ]
    assert of_person(call, {**JIA, "name": "测试·乙二"}).json() == []
    assert len({one["token"] for one in found}) == len(found)


@pytest.mark.postgres
def test_each_print_is_the_next_copy_and_the_same_touch_the_same_copy(office, call, clock):
    token = put_licence(office, "one", day("2025-01-01"), expires=day("12-05"))
    first = printed(call, token, 1)
    document = first.json()
    code = document.pop("verify_code")
    assert document.pop("verify_url") == f"https://office.invalid/verify/{code.replace('-', '')}"
    assert document == {
        "title": {"zh-CN": "证照one", "en": "Licence one"},
        "number": "NO-one",
        "issuer": {"zh-CN": "鹿城市样例局", "en": "Sample Office of Lucheng"},
        "issued": "2025-01-01",
        "expires": "2026-12-05",
        "facts": [{"label": {"zh-CN": "姓名", "en": "Name"}, "value": "测试·甲一"}],
        "text": [{"zh-CN": "本证有效。", "en": "This is valid."}],
        "copy": 1,
        "purpose": {"zh-CN": "仅供办理入学使用", "en": "仅供办理入学使用"},
        "valid_until": "2026-12-05",  # a copy does not outlive its licence
        "printed": "2026-11-20T10:00:00+08:00",
    }
    clock.go(minutes=5)
    assert printed(call, token, 1).json() == first.json()
    assert said(printed(call, token, 1, "仅供办理银行业务使用")) == (409, "nonce_reused")
    second = printed(call, token, 2, "").json()
    assert (second["copy"], second["purpose"]["en"]) == (2, "For public services only")
    assert second["verify_code"] != code
    for n in range(3, COPIES_A_DAY + 1):
        assert printed(call, token, n).json()["copy"] == n
    assert said(printed(call, token, 9)) == (409, "print_limit")
    assert printed(call, token, 1).json() == first.json()  # what was issued may still be fetched
    other = put_licence(office, "two", day("2025-01-01"))
    assert said(printed(call, other, 1)) == (409, "nonce_reused")
    assert printed(call, other, 10).json()["valid_until"] == "2026-12-20"  # thirty days
    clock.go(days=1)
    assert printed(call, token, 9).json()["copy"] == COPIES_A_DAY + 1


def test_what_is_not_valid_is_not_printed(office, call):
    token = put_licence(office, "old", day("2020-01-01"), expires=day("11-19"))
    assert said(printed(call, token, 1)) == (409, "licence_invalid")
    assert said(printed(call, "A" * 22, 1)) == (404, "not_found")
    assert said(printed(call, token, 1, "x" * 61)) == (422, "invalid")
    assert said(printed(call, token, 1, "two\nlines")) == (422, "invalid")


def test_a_licence_stands_for_a_material(office, call):
    put_matters(office)
    body = {"nonce": nonce(1), "item": REVIEWED, "item_version": 1, "person": DING, "answers": {**GOOD, "id": "licence"}}
    assert call("POST", "/v1/reviews", body).json()["passed"] is False
    put_licence(office, "t-card", day("2020-01-01"), person=DING)
    passed = call("POST", "/v1/reviews", {**body, "nonce": nonce(2)}).json()
    assert (passed["passed"], passed["from_store"]) == (True, [{"zh-CN": "身份证", "en": "Identity card"}])
    assert call("POST", "/v1/reviews", {**body, "nonce": nonce(3), "person": JIA | {"name": "测试·丙"}}).json()["passed"] is False


@pytest.mark.postgres
def test_copies_at_once_have_numbers_without_gaps_up_to_the_limit(office):
    token, gate, came = put_licence(office, "one", day("2025-01-01")), threading.Barrier(12), []

    def run(n):
        gate.wait(20)
        try:
            came.append(print_licence(office, PrintLicence(nonce=nonce(n), token=token, purpose="")).copy)
        except ProblemError as error:
            came.append(str(error.code))

    threads = [threading.Thread(target=run, args=(n // 2 + 1,)) for n in range(12)]  # each touch twice
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, came)) == sorted([*map(str, range(1, COPIES_A_DAY + 1))] * 2 + ["print_limit"] * 2)


@pytest.mark.postgres
def test_anybody_with_the_paper_can_verify_it_and_learns_no_more_than_its_face_says(office, call, call_stranger, clock):
    token = put_licence(office, "one", day("2025-01-01"), expires=day("2030-01-01"))
    document = printed(call, token, 1).json()
    code = document["verify_code"]
    told = {"standing": "genuine", "title": document["title"], "issuer": document["issuer"], "issued": "2025-01-01", "name": "测*"}
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        document["verify_url"].rsplit("/", 1)[1],
        code.replace("0", "O").replace("1", "l"),
    ):
        assert call_stranger("GET", f"/verify/{typed}").json() == told, typed
    unknown = {"standing": "unknown", "title": None, "issuer": None, "issued": None, "name": None}
    changed = code[:-1] + ("1" if code[-1] == "0" else "0")
    for typed in (changed, "0" * 16, "x", "%00", "é" * 16, "ZZZZ-ZZZZ-ZZZZ-ZZZZ"):
        assert call_stranger("GET", f"/verify/{typed}").json() == unknown, typed
    assert call_stranger("GET", f"/verify/{'0' * 65}").status_code == 422
    page = call_stranger("GET", f"/verify/{code}", headers={"Accept": "text/html,*/*"})
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.headers["Cache-Control"] == "no-store"
    assert all(word in page.text for word in ("此件真实有效", "This document is genuine", "证照one", "测*", "2025-01-01"))
    assert not any(secret in page.text for secret in ("测试·甲一", "NO-one", JIA["number"], "入学"))
    missing = call_stranger("GET", "/verify/none", headers={"Accept": "text/html"})
    assert "查不到此件" in missing.text
    clock.now = at("12-21 00:00")
    assert call_stranger("GET", f"/verify/{code}").json() == {**told, "standing": "expired"}
    with office.database.write() as connection:
        connection.execute(update(licences).where(licences.c.id == "one").values(revoked=day("12-20")))
    assert call_stranger("GET", f"/verify/{code}").json() == {**told, "standing": "revoked"}
    with office.database.read() as connection:
        row = str(connection.execute(text("SELECT * FROM document_copies")).one())
        assert connection.execute(select(document_copies.c.code_hash)).scalar_one() not in code
    assert not any(secret in row for secret in (code, code.replace("-", ""), "测试·甲一", "NO-one"))


def test_names_in_a_page_stay_text(office, call, call_stranger):
    token = put_licence(office, "<script>x</script>", day("2025-01-01"))
    code = printed(call, token, 1).json()["verify_code"]
    page = call_stranger("GET", f"/verify/{code}", headers={"Accept": "text/html"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@settings(max_examples=200, deadline=None, derandomize=True)
@given(typed=st.text(max_size=64))
def test_whatever_is_typed_as_a_code_is_a_code_or_none(typed):
    code = codes.as_typed(typed)
    if code is not None:
        assert len(code) == codes.LENGTH
        assert code.isascii()
        assert codes.as_typed(codes.grouped(code)) == code


def test_codes_are_as_random_as_they_look(office):
    made = {codes.verify_code(office, nonce(n)) for n in range(500)}
    assert len(made) == 500
    assert set("".join(made)) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert verify(office, made.pop()).standing is Standing.UNKNOWN
