"""Every form of the made-up city can be filled in and handed in."""

import msgspec
from application_help import SIGNED, Applicant, jpeg
from sqlalchemy import select

from kiosk.answers import applies
from kiosk.backend.messages.catalogue import Guide, MaterialStage
from kiosk.office.catalogue import form
from kiosk.office.tables import catalogue_parts

SAMPLES = {
    "name": "测试·甲一",
    "idNumber": "999999199001010016",
    "phone": "13900000016",
    "date": "2026-01-31",
    "plate": "蒙B12345",
}


def filled(sheet):
    answers = {}
    for field in sheet.fields:
        if applies(field, answers):
            answers[field.key] = sample(field)
    return answers


def sample(field):
    match field.kind:
        case "choice" | "choices":
            return field.choices[0].code
        case "number":
            return str(field.least)
        case "text" | "address":
            return ("样例九号" * field.most)[: max(field.least, min(field.most, 8))]
        case kind:
            return SAMPLES[kind]


def given(applicant, guide):
    for material in guide.materials:
        if (material.form and material.form == guide.form) or material.stage is MaterialStage.SITE_CHECK:
            continue
        if material.needed_if:
            yield material.code, {"answer": "notNeeded"}
        elif material.deferrable:
            yield material.code, {"answer": "later"}
        else:
            picture = applicant.upload(jpeg(64, 64, seed=applicant.count)).json()["id"]
            yield material.code, {"answer": "have", "uploads": [picture]}


def test_an_item_of_each_form(office, call):
    with office.database.read() as connection:
        bodies = connection.execute(select(catalogue_parts.c.body).where(catalogue_parts.c.kind == "guide")).scalars()
        items = {guide.form: guide for guide in (msgspec.json.decode(body, type=Guide) for body in bodies) if guide.form}
        sheets = {code: form(connection, code) for code in items}
    assert len(items) >= 15
    applicant, receipts = Applicant(call), []
    for code, guide in items.items():
        sheet = sheets[code]
        answer = applicant.submit(
            item=guide.code,
            item_version=guide.version,
            form=code,
            form_version=sheet.version,
            answers=filled(sheet),
            materials=dict(given(applicant, guide)),
            signature=SIGNED if sheet.signed else "",
        )
        assert answer.status_code == 201, (guide.code, answer.text)
        receipts.append(answer.json())
    assert len({one["number"] for one in receipts}) == len(items)
    assert all(one["office"]["zh-CN"] for one in receipts)
