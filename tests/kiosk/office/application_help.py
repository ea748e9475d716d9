"""A form with every kind of field, an item that wants it, pictures, and a terminal that hands applications in."""

import io

import msgspec
from booking_help import guide, put_guides, words
from PIL import Image
from sqlalchemy import delete

from kiosk.backend.messages import Person
from kiosk.backend.messages.catalogue import Material, MaterialStage, Process
from kiosk.backend.messages.forms import Choice, Field, Form
from kiosk.office.licences.store import licence_token
from kiosk.office.people import person_key
from kiosk.office.tables import catalogue_parts, licences
from kiosk.office.tokens import fingerprint

JIA = {"number": "999999199001010016", "name": "测试·甲一"}
YI = {"number": "999999198506120021", "name": "测试·乙二"}
ITEM = "t-restaurant"
BASIS = words("本人", "Oneself")
SIGNED = "M 100 200 L 160 120 L 220 240 M 300 100 L 300 300"


def field(key, kind, **more):
    return Field(key=key, label=words(key, key), kind=kind, **more)


def choices(*codes):
    return tuple(Choice(code=code, name=words(code, code)) for code in codes)


FORM = Form(
    code="t-form",
    version=1,
    title=words("申请表", "Application"),
    declaration=words("以上属实", "All this is true"),
    fields=(
        field("name", "name", prefill="person.name"),
        field("number", "idNumber", prefill="person.number"),
        field("phone", "phone"),
        field("shop", "text", least=2, most=20),
        field("address", "address", least=5, most=80),
        field("seats", "number", least=1, most=500),
        field("since", "date"),
        field("kind", "choice", choices=choices("eat", "drink")),
        field("dishes", "choices", choices=choices("hot", "cold", "cake"), only_if=("kind", "eat")),
        field("plate", "plate", required=False),
        field("later", "hologram", required=False, most=9),
    ),
)
ANSWERS = {
    "name": "测试·甲一",
    "number": "999999199001010016",
    "phone": "13900000016",
    "shop": "鹿角小馆",
    "address": "鹿城市示范区测试路1号",
    "seats": "40",
    "since": "2026-02-28",
    "kind": "eat",
    "dishes": "hot,cake",
}
MATERIALS = (
    Material(code="form", name=words("申请表", "Form"), source=BASIS, copies=1, original=True, form="t-form"),
    Material(code="id", name=words("身份证", "Identity card"), source=BASIS, copies=1, original=True, licence="id-card"),
    Material(code="plan", name=words("平面图", "Floor plan"), source=BASIS, copies=1, original=False),
    Material(code="health", name=words("健康证明", "Health certificate"), source=BASIS, copies=1, original=False, deferrable=True, defer_days=5),
    Material(code="lease", name=words("租赁合同", "Lease"), source=BASIS, copies=1, original=False, needed_if=words("租的", "If rented")),
    Material(code="photo", name=words("现场照片", "Photos"), source=BASIS, copies=1, original=False, stage=MaterialStage.SITE_CHECK),
)
PROCESS = (
    Process(name=words("受理", "Acceptance"), office=words("综合窗口", "Counter"), days=1),
    Process(name=words("现场核查", "Visit"), office=words("市场监管局", "Market bureau"), days=3, special=True, suspends=True),
    Process(name=words("决定", "Decision"), office=words("市场监管局", "Market bureau"), days=1),
)


def put_form(office, form):
    with office.database.write() as connection:
        same = (catalogue_parts.c.kind == "form", catalogue_parts.c.code == form.code)
        old = catalogue_parts.update().where(*same, catalogue_parts.c.replaced.is_(None), catalogue_parts.c.version != form.version)
        connection.execute(old.values(replaced=office.now()))
        connection.execute(delete(catalogue_parts).where(*same, catalogue_parts.c.version == form.version))
        row = {"kind": "form", "code": form.code, "version": form.version, "digest": str(form.version), "body": msgspec.json.encode(form)}
        connection.execute(catalogue_parts.insert().values(**row))


def restaurant(version=1, **more):
    plain = {"materials": MATERIALS, "process": PROCESS, "form": FORM.code, "promised_days": 5, "statutory_days": 20}
    return guide(ITEM, version, **{**plain, **more})


def put_item(office):
    put_form(office, FORM)
    put_guides(office, restaurant())


def put_licence(office, person=JIA, kind="id-card", number="L1", **more):
    made = {
        "id": f"lic-{kind}-{number}",
        "person": person_key(office, Person(**person)),
        "holder": person["name"],
        "kind": kind,
        "name": words("身份证", "Identity card"),
        "number": number,
        "issuer": words("公安", "Police"),
        "issued": office.today().replace(year=2020),
        "facts": [],
        "text": [],
        **more,
    }
    token = licence_token(office, made["id"])
    with office.database.write() as connection:
        connection.execute(licences.insert().values(token_hash=fingerprint(token), **made))
    return token


def jpeg(width=320, height=240, seed=0, **more):
    """A photo like any other; other seeds make other ones."""
    image = Image.linear_gradient("L").resize((width, height)).rotate(seed * 7).convert(more.pop("mode", "RGB"))
    out = io.BytesIO()
    image.save(out, "JPEG", **more)
    return out.getvalue()


class Applicant:
    """A terminal that takes pictures and hands in."""

    def __init__(self, call):
        self.call = call
        self.count = 0

    def nonce(self):
        self.count += 1
        return f"apply-nonce-{id(self)}-{self.count:06d}"

    def upload(self, picture=None, nonce=None):
        return self.call("PUT", f"/v1/uploads/{nonce or self.nonce()}", data=picture if picture is not None else jpeg(seed=self.count))

    def picture(self):
        answer = self.upload()
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def materials(self, **more):
        have = {"answer": "have", "uploads": [self.picture()]}
        return {"id": have, "plan": {"answer": "have", "uploads": [self.picture()]}, "health": {"answer": "later"}, "lease": {"answer": "notNeeded"}} | more

    def body(self, **more):
        made = {
            "nonce": self.nonce(),
            "item": ITEM,
            "item_version": 1,
            "form": FORM.code,
            "form_version": 1,
            "person": JIA,
            "phone": "13900000016",
            "answers": ANSWERS,
            "delivery": {"kind": "counter"},
            "signature": SIGNED,
            "language": "zh-CN",
        } | more
        return made if "materials" in made else made | {"materials": self.materials()}

    def submit(self, **more):
        return self.call("POST", "/v1/applications", self.body(**more))

    def by_token(self, token):
        return self.call("POST", "/v1/cases/by-token", {"token": token})


def said(answer):
    """Status, code and fields of a refusal."""
    document = answer.json()
    return answer.status_code, document["code"], tuple(document.get("fields", ()))
