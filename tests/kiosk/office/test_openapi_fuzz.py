import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from application_help import YI, Applicant, put_item
from matter_help import JIA
from office_help import KEY, nonce

SEED = 20261120
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "unsupported_method",
    "use_after_free",
)
CONFIG = """
[auth.openapi.terminal]
bearer = "{key}"

[auth.openapi.desk]
api_key = "{cookie}"

[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429]
"""
# What is in the seed, or right at that moment: with it the generated requests come as far as the database.
VISIT = {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$"}
KNOWN = {
    "PersonBody": {"number": {"const": JIA["number"]}, "name": {"const": JIA["name"]}},
    "CasesOfPersonBody": {"number": {"const": JIA["number"]}, "name": {"const": JIA["name"]}},
    "CaseByNumberBody": {"number": {"const": "990000000001"}, "phone_tail": {"const": "0016"}},
    "TakeTicketBody": {"service": {"enum": ["business", "social", "help"]}, "review": {"const": ""}, "item": {"const": ""}},
    "ReportPrintBody": {"state": {"const": "printed"}, "attempt": {"const": 1}},
    "HoldSlotBody": {
        "hall": {"const": "city"},
        "start": {"enum": [f"2026-11-{day}T{hour}:00:00+08:00" for day in (23, 24, 25) for hour in ("09", "10", "14")]},
    },
    "FileMatterBody": {"about": {"enum": [""]}, "case": {"const": ""}},
    "RateBody": {"served": {"const": "visit"}, "subject": VISIT, "version": {"enum": [0, 1]}, "reasons": {"const": []}},
    "AssignBody": {"department": {"enum": []}},
}
ITEMS = {"HoldSlotBody", "SubmitReviewBody", "SubmitBody"}
GUESSES = ("matterByNumber", "bookingByCode")  # wrong ones would brake the terminal


@pytest.fixture
def _only_heavy(heavy):
    if not heavy:
        pytest.skip("only with --heavy")


def narrowed(document, call, cases):
    """The document as if there was nothing but what is in the seed; what it forbids beyond that may be right all the same."""
    schemas = document["components"]["schemas"]
    items = [one["code"] for one in call("GET", "/v1/guides", params={"limit": 20}).json()["guides"]]
    head = call("GET", "/v1/catalogue").json()
    for name, known in KNOWN.items():
        for field, values in known.items():
            assert field in schemas[name]["properties"]
            schemas[name]["properties"][field] = dict(values)
    for name in ITEMS:
        schemas[name]["properties"]["item"] = {"enum": items}
        schemas[name]["properties"]["item_version"] = {"enum": [1]}
    schemas["FileMatterBody"]["properties"]["about"] = {
        "enum": ["", *(one["code"] for one in (*head["order_kinds"], *head["complaint_kinds"]))]
    }
    schemas["AssignBody"]["properties"]["department"] = {"enum": [one["code"] for one in head["departments"][:3]]}
    of_a_case = [path for path in document["paths"] if path.startswith(("/desk/api/cases/{number}", "/desk/api/promises/{number}"))]
    for operation in [operation for path in of_a_case for operation in document["paths"][path].values()]:
        next(one for one in operation["parameters"] if one["name"] == "number")["schema"] = {"enum": cases}
    return document


def attack(folder, url, cookie, document, *options):
    """Run schemathesis; its last words if it found something."""
    (folder / "schemathesis.toml").write_text(CONFIG.format(key=KEY, cookie=cookie), encoding="utf-8")
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    program = Path(sys.executable).parent / "schemathesis"
    fixed = ("--seed", str(SEED), "--header", "X-Requested-With: desk", "--continue-on-failure", "--no-color", "--no-shrink")
    without = ("--exclude-operation-id", "signOut", "--exclude-operation-id", "signIn")  # the desk's session is needed to the end
    command = [program, "run", folder / "openapi.json", "--url", url, *fixed, *without, *options]
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    found = done.stdout.partition("= FAILURES =")[2] or done.stdout[-4000:]
    return "" if done.returncode == 0 else found


@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("_only_heavy")
def test_nothing_that_may_or_may_not_be_sent_brings_an_answer_that_is_not_in_the_contract(running, desk, call, tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    document = call("GET", "/v1/openapi.json").json()
    checks = ("--checks", ",".join((*CHECKS, "negative_data_rejection")))
    url, cookie = running[0].url, desk.session.cookies["desk"]
    assert attack(tmp_path, url, cookie, document, "--phases", "coverage,fuzzing", "--max-examples", "20", *checks) == ""


@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("_only_heavy")
def test_no_sequence_of_requests_about_what_there_is_brings_one_either(running, office, desk, call, tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.INFO, "kiosk.office.access")
    put_item(office)
    cases = [Applicant(call).submit(person=one).json()["number"] for one in (JIA, YI)]
    document = narrowed(call("GET", "/v1/openapi.json").json(), call, cases)
    desk.does("open")
    for n in range(40):
        call.ticket(nonce(n))
    without = [part for one in GUESSES for part in ("--exclude-operation-id", one)]
    options = (*without, "--phases", "fuzzing,stateful", "--mode", "positive", "--max-examples", "25", "--checks", ",".join(CHECKS))
    assert attack(tmp_path, running[0].url, desk.session.cookies["desk"], document, *options) == ""
    well = {line.getMessage().split(" ")[1] for line in caplog.records if re.search(r" 20[01] \d+ ms$", line.getMessage())}
    sys.stdout.write(f"answered well: {len(well)} of {len(document['paths'])}, not {sorted(set(document['paths']) - well)}\n")
    assert len(well) > len(document["paths"]) * 0.6
