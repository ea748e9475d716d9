import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from desk_help import Desk
from matter_help import JIA, YI
from office_help import KEY

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
# What is in the seed: with it the generated requests come as far as the database.
KNOWN = {
    "PersonBody": {"number": [JIA["number"], YI["number"]], "name": [JIA["name"], YI["name"]]},
    "CasesOfPersonBody": {"number": [JIA["number"]], "name": [JIA["name"]]},
    "CaseByNumberBody": {"number": ["990000000001", "990000000003", "990000000009"], "phone_tail": ["0016", "0061"]},
    "TakeTicketBody": {"service": ["business", "social", "help"], "review": [""], "item": [""]},
    "HoldSlotBody": {"hall": ["city"], "start": ["2026-11-23T09:00:00+08:00", "2026-11-24T10:00:00+08:00"]},
    "FileMatterBody": {"about": ["noise", "manner", ""], "case": [""]},
    "RateBody": {"version": [0, 1], "reasons": [[]]},
    "SignInBody": {"hall": ["city"], "counter": ["1"]},
}
ITEMS = {"HoldSlotBody", "SubmitReviewBody", "SubmitBody"}


@pytest.fixture
def desk(running):
    with Desk(running[0].url) as signed_in:
        yield signed_in


@pytest.fixture
def _only_heavy(heavy):
    if not heavy:
        pytest.skip("only with --heavy")


def narrowed(document, call):
    """The document as if there was nothing but what is in the seed; what it forbids beyond that may be right all the same."""
    schemas = document["components"]["schemas"]
    items = [one["code"] for one in call("GET", "/v1/guides", params={"limit": 20}).json()["guides"]]
    kinds = call("GET", "/v1/catalogue").json()
    for name, known in KNOWN.items():
        for field, values in known.items():
            schemas[name]["properties"][field] = {"enum": values}
    for name in ITEMS & set(schemas):
        schemas[name]["properties"]["item"] = {"enum": items}
        schemas[name]["properties"]["item_version"] = {"enum": [1]}
    schemas["FileMatterBody"]["properties"]["about"]["enum"] += [one["code"] for one in (*kinds["order_kinds"], *kinds["complaint_kinds"])]
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
def test_no_sequence_of_requests_about_what_there_is_brings_one_either(running, desk, call, tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.INFO, "kiosk.office.access")
    document = narrowed(call("GET", "/v1/openapi.json").json(), call)
    options = ("--phases", "fuzzing,stateful", "--mode", "positive", "--max-examples", "8", "--checks", ",".join(CHECKS))
    assert attack(tmp_path, running[0].url, desk.session.cookies["desk"], document, *options) == ""
    well = {line.getMessage().split(" ")[1] for line in caplog.records if re.search(r" 20[01] \d+ ms$", line.getMessage())}
    sys.stdout.write(f"answered well: {len(well)} of {len(document['paths'])}, not {sorted(set(document['paths']) - well)}\n")
    assert len(well) > len(document["paths"]) * 0.6
