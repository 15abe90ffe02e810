"""The README's advice on frameworks and logs, executed: first what leaks without it, then that nothing does with it."""

from __future__ import annotations

import http.client
import io
import json
import logging
from typing import Annotated, Any

import pytest
from callback_profile import DecryptionError, Profile, ProfileError
from fastapi import Body, FastAPI
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from support import IV, KEY, code_blocks, payload, profile, run_block, serving

SECRETS = (KEY, IV, "SecretInHeader", "SecretInUrl")


def block(marker: str) -> dict[str, Any]:
    """The names after the README's one block of code with this text, and all before it."""
    blocks = code_blocks("bindings/python/README.md")
    [index] = [index for index, code in enumerate(blocks) if marker in code]
    names: dict[str, Any] = {"__name__": "readme"}
    for code in blocks[: index + 1]:
        run_block(code, names)
    return names


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


class Account(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    name: str
    profile: Profile


def routes(app: FastAPI) -> FastAPI:
    @app.post("/accounts")
    def account(account: Account) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        return {"name": account.name, "title": account.profile.title}

    return app


def post(port: int, path: str, value: Any) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        connection.request("POST", path, body, {"content-type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


# Each is refused: what a client sends that forgot something, or that made a mistake in another member.
REFUSED: list[tuple[str, Any]] = [
    ("/accounts", {"profile": payload()}),
    ("/accounts", {"name": 1, "profile": payload()}),
    ("/accounts", {"name": payload(), "profile": payload()}),
    ("/accounts", [payload()]),
    ("/accounts", {"name": "x", "profile": payload(title=1)}),
    ("/accounts", {"name": "x", "profile": [payload()]}),
    ("/profiles", payload(title=1)),
    ("/profiles", [payload()]),
    ("/profiles", json.dumps(payload())[:-1].encode()),
]


def test_fastapi_sends_the_input_back_unless_the_handler_drops_it() -> None:
    names = block("RequestValidationError")
    careless = routes(FastAPI())
    careless.post("/profiles")(names["create"])
    leaked = 0
    with serving(careless) as port:
        for path, value in REFUSED:
            status, answer = post(port, path, value)
            assert status == 422
            leaked += bool(leaks(answer))
    assert leaked >= 3, "FastAPI itself drops the input now: the README's handler is no longer needed"

    with serving(routes(names["app"])) as port:
        for path, value in REFUSED:
            status, answer = post(port, path, value)
            assert status == 422 and not leaks(answer), answer
            assert all(set(entry) == {"type", "loc", "msg"} for entry in json.loads(answer)["detail"])
        _, answer = post(port, "/profiles", payload(title=1))
        assert json.loads(answer)["detail"][0]["msg"] == "body/title must be string"
        assert post(port, "/profiles", payload()) == (200, '{"title":"Delivery status"}')
        assert post(port, "/accounts", {"name": "x", "profile": payload()})[0] == 200


def test_pydantic_hides_the_input_of_its_text_only() -> None:
    with pytest.raises(ValidationError) as caught:
        Account.model_validate({"profile": payload()})
    error = caught.value
    assert not leaks(str(error)) and not leaks(repr(error))
    assert leaks(repr(error.errors())), (
        "hide_input_in_errors covers errors() now: the README says it does not"
    )
    assert not leaks(repr(error.errors(include_input=False))) and not leaks(error.json(include_input=False))


@pytest.mark.parametrize("value", [payload(), profile().to_dict(secrets="shown")])
def test_the_annotation_of_the_readme_takes_a_payload(value: dict[str, Any]) -> None:
    app = FastAPI()

    @app.post("/")
    def create(profile: Annotated[Profile, Body()]) -> str:  # pyright: ignore[reportUnusedFunction]
        return repr(profile)

    with serving(app) as port:
        status, answer = post(port, "/", value)
    assert status == 200 and not leaks(answer)


def failed_insert(engine: Any) -> IntegrityError:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE profiles (id TEXT NOT NULL, payload TEXT NOT NULL)"))
    with pytest.raises(IntegrityError) as caught, engine.begin() as connection:
        stored = {"id": None, "payload": profile().to_json(secrets="shown")}
        connection.execute(text("INSERT INTO profiles VALUES (:id, :payload)"), stored)
    return caught.value


def test_sqlalchemy_shows_the_parameters_unless_they_are_hidden() -> None:
    assert leaks(str(failed_insert(create_engine("sqlite://")))), "SQLAlchemy hides parameters now"
    engine = block("hide_parameters")["engine"]
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE profiles"))
    error = failed_insert(engine)
    assert not leaks(str(error)) and not leaks(repr(error)) and "INSERT" in str(error)


def test_a_refusal_is_one_line_of_a_log() -> None:
    names = block("logger.warning")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = names["logger"]
    logger.addHandler(handler)
    logger.propagate = False
    whole = profile(body={"to": "<to>", "a": 1}, enc={"algo": "AES-128-GCM", "key": KEY, "IV": IV})
    hostile = 'to":1,"\\nCRITICAL forged \x7f\u202e\u2028'
    try:
        received = [b"{", b'{"to":{"$ne":null}}', f'{{"{hostile}":{{"{hostile}2":1}}}}'.encode(), b"\xff"]
        for body in received:
            assert names["open_or_log"](whole, body) is None
        good = whole.callback({"to": "x"}).body or ""
        assert names["open_or_log"](whole, good.encode()) == {"to": "x", "a": "1"}
    finally:
        logger.removeHandler(handler)
    lines = stream.getvalue().removesuffix("\n").split("\n")
    assert len(lines) == len(received)
    for line in lines:
        assert line.startswith("WARNING callback refused: ") and line.isprintable() and not leaks(line)


def test_errors_without_a_handler_show_no_secret() -> None:
    """What a framework's own handler logs: the exception and its traceback."""
    app = FastAPI()

    @app.post("/parse")
    def parse(value: Annotated[dict[str, Any], Body()]) -> str:  # pyright: ignore[reportUnusedFunction]
        return Profile.parse(value).title

    @app.post("/open")
    def opened(value: Annotated[dict[str, Any], Body()]) -> str:  # pyright: ignore[reportUnusedFunction]
        return str(profile().open(value))

    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(handler)
    try:
        with serving(app) as port:
            assert post(port, "/parse", payload(title=1)) == (500, "Internal Server Error")
            assert post(port, "/open", {"to": "x", "SecretInHeader": 1}) == (500, "Internal Server Error")
    finally:
        logger.removeHandler(handler)
    logged = stream.getvalue()
    assert ProfileError.__name__ in logged and DecryptionError.__name__ in logged and not leaks(logged)


def test_the_dependency_of_the_readme() -> None:
    names = block("Depends(registered)")
    path = "/v1/HX0/callback/profiles"
    with serving(names["api"]) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        answers: list[tuple[int, Any]] = []
        for value in (payload(), payload(title=1, url="x")):
            headers = {"api-key": "A", "content-type": "application/json"}
            connection.request("POST", path, json.dumps(value).encode(), headers)
            response = connection.getresponse()
            text = response.read().decode()
            assert not leaks(text)
            answers.append((response.status, json.loads(text)))
        connection.close()
    assert answers[0] == (201, {"title": "Delivery status"})
    status, refused = answers[1]
    assert (status, refused["code"], len(refused["error"])) == (400, "RBC302", 2)


def test_the_column_of_the_readme() -> None:
    names = block("hide_parameters")
    engine, table, stored = names["engine"], names["table"], names["stored"]
    with engine.begin() as connection:
        connection.execute(table.insert().values(id="none", stored=None))
        kept = connection.execute(table.select().order_by(table.c.id)).all()
        assert kept == [("none", None), ("stage_1", stored)]
        connection.execute(text("UPDATE profiles SET stored = '{}'"))
        with pytest.raises(ProfileError):
            connection.execute(table.select()).all()
