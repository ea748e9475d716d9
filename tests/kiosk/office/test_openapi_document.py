import importlib
import json
import pkgutil
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import EnumMeta
from string import Formatter

import msgspec
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from kiosk.__main__ import cli
from kiosk.backend import messages
from kiosk.backend.messages import Request

PROBLEM = "application/problem+json"
MOMENT = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=8)))
PLAIN = {str: "测试", int: 3, float: 0.5, bool: True, date: MOMENT.date(), datetime: MOMENT}


def requests():
    """Every request of the contract."""
    modules = [importlib.import_module(f"{messages.__name__}.{one.name}") for one in pkgutil.iter_modules(messages.__path__)]
    found = {one for module in modules for one in vars(module).values() if isinstance(one, type) and issubclass(one, Request)}
    return sorted(found - {Request}, key=lambda one: one.__name__)


REQUESTS = requests()


@pytest.fixture(scope="module")
def document():
    printed = CliRunner().invoke(cli, ["office", "openapi"])
    assert printed.exit_code == 0, printed.output
    return json.loads(printed.output)


def operations(document):
    return [(method, path, one) for path, item in document["paths"].items() for method, one in item.items()]


def operation(document, request):
    return document["paths"][request.PATH][request.METHOD.lower()]


def resolved(document, schema):
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def example(kind):
    """A value of the type in which nothing is left out."""
    if is_dataclass(kind):
        types_of = typing.get_type_hints(kind)
        return kind(**{one.name: example(types_of[one.name]) for one in fields(kind)})
    if isinstance(kind, EnumMeta):
        return next(iter(kind))
    return of_others(typing.get_origin(kind), typing.get_args(kind)) or PLAIN[kind]


def of_others(origin, inner):
    if origin is tuple:
        return (example(inner[0]),) if inner[-1] is Ellipsis else tuple(map(example, inner))
    if origin is Mapping:
        return {example(inner[0]): example(inner[1])}
    if origin in {typing.Union, types.UnionType}:
        return example(next(one for one in inner if one is not type(None)))
    return None


def named(document, schema, kind):
    """Types and schemas of the same names, all the way down."""
    schema = resolved(document, schema)
    if is_dataclass(kind):
        assert set(schema["properties"]) == {one.name for one in fields(kind)}, kind
        hints = typing.get_type_hints(kind)
        for name, inner in schema["properties"].items():
            named(document, inner, hints[name])
    elif typing.get_origin(kind) is tuple and schema.get("items"):
        named(document, schema["items"], typing.get_args(kind)[0])
    elif typing.get_origin(kind) in {typing.Union, types.UnionType}:
        inner = next(one for one in typing.get_args(kind) if one is not type(None))
        some = [one for one in schema["anyOf"] if one.get("type") != "null"]
        named(document, some[0], inner)


def test_it_is_valid_openapi_3_1(document, call):
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")
    assert call("GET", "/v1/openapi.json").json() == document


def test_every_operation_says_what_it_is(document):
    ids = [one["operationId"] for _, _, one in operations(document)]
    assert len(ids) == len(set(ids)) > 40
    tags = {one["name"] for one in document["tags"]}
    for method, path, one in operations(document):
        assert one["summary"], path
        assert len(one["description"]) > 10, path
        assert set(one["tags"]) <= tags, path
        assert re.fullmatch(r"[a-z][A-Za-z]+", one["operationId"])
        for parameter in one.get("parameters", ()):
            assert parameter["schema"], (method, path)
    assert all(one["description"] for one in document["tags"])


def test_errors_are_problems_everywhere(document):
    for _, path, one in operations(document):
        answers = one["responses"]
        assert "503" in answers, path
        for status, answer in answers.items():
            if status >= "400":
                assert list(answer["content"]) == [PROBLEM], path
                assert answer["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/ProblemDocument"}
        assert all("Retry-After" in answers[status]["headers"] for status in ("429", "503") if status in answers)
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


def test_who_may_ask_is_said(document):
    schemes = document["components"]["securitySchemes"]
    assert (schemes["terminal"]["type"], schemes["terminal"]["scheme"]) == ("http", "bearer")
    assert (schemes["desk"]["type"], schemes["desk"]["in"]) == ("apiKey", "cookie")
    for _, path, one in operations(document):
        match path.split("/")[1]:
            case "v1":
                assert one.get("security") == (None if path == "/v1/health" else [{"terminal": []}]), path
            case "desk":
                assert one.get("security") == (None if path.endswith("/sign-in") else [{"desk": []}]), path
            case _:
                assert "security" not in one, path


@pytest.mark.parametrize("request_type", REQUESTS, ids=lambda one: one.__name__)
def test_every_request_of_the_contract_has_its_operation(document, request_type):
    one = operation(document, request_type)
    wanted = {field.name for field in fields(request_type)}
    in_path = {name for _, name, _, _ in Formatter().parse(request_type.PATH) if name}
    parameters = {parameter["name"]: parameter["in"] for parameter in one.get("parameters", ())}
    assert {name for name, where in parameters.items() if where == "path"} == in_path
    if request_type.RAW:
        assert list(one["requestBody"]["content"]) == ["image/jpeg"]
        assert wanted == in_path | {request_type.RAW}
    elif request_type.METHOD == "GET":
        assert wanted == {name for name, where in parameters.items() if where in {"path", "query"}}
    else:
        schema = resolved(document, one["requestBody"]["content"]["application/json"]["schema"])
        assert set(schema["properties"]) == wanted
        assert schema["additionalProperties"] is False
    if "nonce" in wanted and not request_type.RAW:
        assert "Once only" in one["description"]


@pytest.mark.parametrize("request_type", REQUESTS, ids=lambda one: one.__name__)
def test_every_reply_of_the_contract_fits_its_schema(document, request_type):
    one, kind = operation(document, request_type), request_type.REPLY
    value = msgspec.json.decode(msgspec.json.encode(example(kind)))
    for status in {"200", "201"} & set(one["responses"]):
        schema = one["responses"][status]["content"]["application/json"]["schema"]
        named(document, schema, kind)
        whole = {**schema, "components": document["components"]}
        assert list(Draft202012Validator(whole).iter_errors(value)) == []
        required = resolved(document, schema if isinstance(value, dict) else resolved(document, schema)["items"])["required"]
        cut = {name: one for name, one in (value if isinstance(value, dict) else value[0]).items() if name != required[0]}
        assert list(Draft202012Validator(whole).iter_errors(cut if isinstance(value, dict) else [cut])), "a schema that takes everything"
