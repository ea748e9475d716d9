import threading
import tomllib

import pytest
from office_help import FEW, FRIDAY, KEY, Caller
from sqlalchemy import func, inspect, select, text, update

import kiosk.office.seed as seed_module
from drivers.bench.people import PEOPLE
from kiosk.backend.messages import CasesOfPerson
from kiosk.office.cases import cases_of_person
from kiosk.office.seed import seed
from kiosk.office.tables import cases, counters, lookup_guards

OVERDUE, MOVING, SUSPENDED, RESUMED, TODAY, MATERIAL = (str(990000000001 + n) for n in range(6))
JIA = ("999999199001010016", "测试·甲一")
YI = ("999999198506120021", "测试·乙二")
NO_SUCH = "990000009999"


def case(call, number, tail):
    answer = call.by_number(number, tail)
    assert answer.status_code == 200, answer.text
    return answer.json()


def applicants():
    return tomllib.loads((seed_module._DATA / "people.toml").read_text(encoding="utf-8"))["person"]


def test_the_bench_and_the_office_know_the_same_people():
    ours = {p["key"]: (p["name"], p["number"]) for p in applicants() if "key" in p}
    assert ours == {p.key: (p.name, p.number) for p in PEOPLE}


@pytest.mark.postgres
def test_a_case_shows_stages_deadline_and_where_to_ask(call):
    found = case(call, SUSPENDED, "0016")
    assert found["state"] == "suspended"
    assert (found["applicant"], found["applicant_number"]) == (JIA[1], JIA[0])
    assert [s["state"] for s in found["stages"]] == ["done", "done", "inProgress", "waiting", "waiting", "waiting"]
    assert found["stages"][2]["suspends_clock"] is True
    limit = found["deadline"]
    assert limit["used_days"] < limit["used_days"] + limit["left_days"] == limit["promised_days"] == 15
    assert limit["suspensions"][0]["until"] is None
    assert limit["suspensions"][0]["working_days"] > 0


def test_parallel_lanes(call):
    company = applicants()[-1]
    found = case(call, str(990000000017), company["phone"])
    third = [s for s in found["stages"] if s["step"] == 3]
    assert [s["state"] for s in third] == ["done", "inProgress"]
    assert len({s["lane"]["zh-CN"] for s in found["stages"]}) == len(found["stages"]) == 9
    assert max(s["step"] for s in found["stages"]) == 4


@pytest.mark.untraced  # the seed is traced when the template is made
def test_shapes_stay_true_on_any_day(call, clock, office):
    for day in ("2026-10-06", "2026-10-10", "2026-12-12", "2026-12-13", "2026-12-14", "2027-02-26", "2028-02-29"):
        clock.now = FRIDAY.replace(*map(int, day.split("-")))
        seed(office, generated=FEW)
        states = {s.number: s.state for s in cases_of_person(office, CasesOfPerson(number=JIA[0], name=JIA[1]))}
        assert [states[n] for n in (OVERDUE, MOVING, SUSPENDED, RESUMED, TODAY)] == [
            "overdue",
            "inProgress",
            "suspended",
            "inProgress",
            "accepted",
        ], clock.now


def test_overdue_and_suspended_before(call):
    assert case(call, OVERDUE, "0016")["deadline"]["left_days"] == -22
    resumed = case(call, RESUMED, "0016")
    assert resumed["deadline"]["suspensions"][0]["until"] is not None
    assert resumed["deadline"]["used_days"] < 9


def test_a_case_gets_overdue_by_the_clock_alone(call, clock):
    assert case(call, RESUMED, "0016")["state"] == "inProgress"
    clock.go(days=21)
    late = case(call, RESUMED, "0016")
    assert late["state"] == "overdue"
    assert late["deadline"]["left_days"] < 0
    clock.go(days=30)
    assert case(call, MATERIAL, "0039")["state"] == "needsMaterial"
    assert case(call, str(990000000009), "0061")["deadline"]["used_days"] == 6  # approved: its clock has stopped


def test_by_token_opens_what_by_number_showed(call):
    found = case(call, OVERDUE, "0016")
    assert len(found["token"]) == 22
    again = call("POST", "/v1/cases/by-token", {"token": found["token"]})
    assert again.json() == found
    assert call("POST", "/v1/cases/by-token", {"token": "A" * 22}).status_code == 404


@pytest.mark.postgres
def test_of_person_needs_number_and_name_together(call):
    mine = call.of_person(*JIA).json()
    assert {OVERDUE, SUSPENDED} <= {c["number"] for c in mine}
    assert [c["accepted"] for c in mine] == sorted((c["accepted"] for c in mine), reverse=True)
    opened = call("POST", "/v1/cases/by-token", {"token": mine[0]["token"]}).json()
    assert opened["number"] == mine[0]["number"]
    assert call.of_person(JIA[0], YI[1]).json() == []
    assert call.of_person("999999201206011098", "测试·少年").json() == []
    assert len(call.of_person(*YI).json()) == 40


@pytest.mark.parametrize("name", ["测试•阿不都热合曼•买买提甲乙", "测试・阿不都热合曼・买买提甲乙", "测试 · 阿不都热合曼 · 买买提甲乙"])
def test_the_dot_of_minority_names_is_written_in_many_ways(call, name):
    assert len(call.of_person("99999919660415105X", name).json()) >= 1


@pytest.mark.parametrize(("number", "name"), [("999999200103010039", "测试㛃"), ("99999919920308104X", "测试𠮷"), ("999999198802290052", "测试䶮")])
def test_rare_characters_go_through(call, number, name):
    opened = call("POST", "/v1/cases/by-token", {"token": call.of_person(number, name).json()[0]["token"]}).json()
    assert opened["applicant"] == name


@pytest.mark.postgres
def test_control_bytes_of_the_office_arrive_as_they_are(call):
    assert "\x1b@" in case(call, str(990000000018), "0016")["next_step"]["zh-CN"]


@pytest.mark.postgres
def test_the_database_holds_no_bearer_secret(call, running):
    token = case(call, OVERDUE, "0016")["token"]
    key = Caller(running[0].url).session.headers["Authorization"].removeprefix("Bearer ")
    with running[1].state.office.database.read() as connection:
        everything = "".join(repr(connection.execute(text(f'SELECT * FROM "{n}"')).all()) for n in inspect(connection).get_table_names())
    assert JIA[0] in everything
    for secret in (token, key, "a secret of the office"):
        assert secret not in everything


def test_unknown_number_and_wrong_phone_look_the_same(call):
    wrong, unknown = call.by_number(OVERDUE, "9999"), call.by_number(NO_SUCH, "0016")
    drop = {"date"}
    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)
    assert wrong.status_code == 404
    assert {k: v for k, v in wrong.headers.items() if k not in drop} == {k: v for k, v in unknown.headers.items() if k not in drop}


@pytest.mark.postgres
def test_five_wrong_answers_lock_a_case_even_for_the_right_one(call, call_other, clock):
    for n in range(5):
        assert call.by_number(OVERDUE, f"900{n}").status_code == 404
        clock.go(minutes=1)
    for asking in (call, call_other):
        answer = asking.by_number(OVERDUE, "0016")
        assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
        assert answer.headers["Retry-After"] == "600"
    assert call.by_number(SUSPENDED, "0016").status_code == 200
    clock.go(seconds=599)
    assert call.by_number(OVERDUE, "0016").headers["Retry-After"] == "1"
    clock.go(seconds=1)
    assert call.by_number(OVERDUE, "0016").status_code == 200
    assert call.by_number(OVERDUE, "9000").status_code == 404
    assert call.by_number(OVERDUE, "0016").status_code == 429  # four of the five are still young


def test_unknown_numbers_lock_like_known_ones(call):
    answers = [call.by_number(NO_SUCH, "0000").status_code for _ in range(6)]
    assert answers == [404] * 5 + [429]


def test_twenty_wrong_answers_lock_a_terminal(call, call_other, clock):
    for n in range(20):
        assert call.by_number(str(990000005000 + n), "0000").status_code == 404
    assert call.by_number(OVERDUE, "0016").status_code == 429
    assert call_other.by_number(OVERDUE, "0016").status_code == 200
    clock.go(minutes=10)
    assert call.by_number(OVERDUE, "0016").status_code == 200


@pytest.mark.postgres
def test_guessing_at_once_is_counted_like_guessing_in_turn(running):
    codes, lock = [], threading.Lock()

    def guess(n):
        caller = Caller(running[0].url, KEY)
        code = caller.by_number(OVERDUE, f"80{n:02d}").status_code
        caller.session.close()
        with lock:
            codes.append(code)

    threads = [threading.Thread(target=guess, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(codes) == [404] * 5 + [429] * 7


def test_old_counts_are_forgotten(call, clock, office):
    call.by_number(NO_SUCH, "0000")
    clock.go(days=2)
    call.by_number(OVERDUE, "0000")
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(lookup_guards)).scalar_one() == 2


@pytest.mark.postgres
def test_seeding_again_changes_nothing_on_the_same_day_and_keeps_switches(office, call):
    def dump():
        with office.database.read() as connection:
            return [connection.execute(select(cases).order_by(cases.c.number)).all(), connection.execute(select(counters).order_by(counters.c.hall, counters.c.code)).all()]

    with office.database.write() as connection:
        connection.execute(update(counters).where(counters.c.code == "1").values(switched_on=False))
    call.ticket("nonce-kept-over-seeding")
    before = dump()
    seed(office, generated=FEW)
    assert dump() == before
    assert call.ticket("nonce-kept-over-seeding").status_code == 200
    assert len(before[0]) > 100
