"""A small catalogue, people, and the desk of a clerk, for tests of matters and ratings."""

from booking_help import guide, put_guides, words

from kiosk.backend.messages.catalogue import Department, GuideSchema, RatingForm
from kiosk.backend.messages.forms import Choice
from kiosk.office.catalogue.publishing import publish
from kiosk.office.catalogue.source import CatalogueSource

JIA = {"number": "999999199001010016", "name": "测试·甲一"}
YI = {"number": "999999198506120021", "name": "测试·乙二"}
PHONE = "19900000001"
REASONS = {
    level: (Choice(code=f"slow-{level}", name=words("等得久", "Long wait")), Choice(code="kind", name=words("态度", "Manner")))
    for level in range(1, 6)
}


def source(reasons=REASONS):
    return CatalogueSource(
        schema=GuideSchema(version=1, elements=()),
        departments=(
            Department(code="rs", name=words("人社局", "Social Security")),
            Department(code="zj", name=words("住建局", "Housing")),
        ),
        themes=(),
        sites=(),
        notices=(),
        neighbours=(),
        forms=(),
        rating=RatingForm(version=1, reasons=reasons),
        order_kinds=(Choice(code="noise", name=words("噪音", "Noise")),),
        complaint_kinds=(Choice(code="manner", name=words("服务态度", "Manner")),),
        divisions={},
        guides=(),
    )


def put_catalogue(office):
    """Publish it, with a guide that questions may be about."""
    with office.database.write() as connection:
        publish(connection, source(), office.now())
    put_guides(office, guide("t-pension"))


def say(n, kind="order", about="noise", **more):
    """The body of a matter."""
    body = {"nonce": f"matter-nonce-{n:08d}", "kind": kind, "about": about, "text": "测试：夜里有声音", "language": "zh-CN"}
    return {**body, **more}


def filed(call, n, kind="order", about="noise", **more):
    """A matter that was filed."""
    answer = call("POST", "/v1/matters", say(n, kind, about, **more))
    assert answer.status_code == 201, answer.text
    return answer.json()


def opened(call, matter):
    """The matter as its paper opens it."""
    answer = call("POST", "/v1/matters/by-token", {"token": matter["token"]})
    assert answer.status_code == 200, answer.text
    return answer.json()


def by_number(call, number, code):
    return call("POST", "/v1/matters/by-number", {"number": number, "code": code})


def handled(desk, number, text="测试：已处理", department="zj"):
    """The matter on its way to an answer."""
    desk.does(f"matters/{number}/assign", department=department)
    desk.does(f"matters/{number}/take")
    return desk.does(f"matters/{number}/answer", text=text)


def listed(desk, **query):
    answer = desk.session.get(f"{desk.url}/matters", params=query, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()


def go_days(clock, days, desk):
    """Days later the clerk signs in anew."""
    clock.go(days=days)
    assert desk("sign-in", **desk.who).status_code == 200
