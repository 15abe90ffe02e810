"""Received bodies, read by Python's parsers.

A line of input is a list of cases, a line of output the list of answers: for each parser the pairs of names and values,
or a text if the parser refused the body.
"""

import base64
import email.policy
import io
import json
import logging
import sys
import urllib.parse
from email.parser import BytesParser

import django
import python_multipart
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

FILE = "\0a file"  # the value of what a parser takes for a file; no value of a field

settings.configure(DEFAULT_CHARSET="utf-8", DATA_UPLOAD_MAX_NUMBER_FIELDS=None)
django.setup()
logging.disable(logging.CRITICAL)


def read_python_multipart(content_type, body):
    pairs = []
    headers = {"Content-Type": content_type.encode(), "Content-Length": str(len(body)).encode()}

    def on_field(field):
        pairs.append((field.field_name.decode(), (field.value or b"").decode()))

    def on_file(file):
        pairs.append((file.field_name.decode(), FILE))

    python_multipart.parse_form(headers, io.BytesIO(body), on_field, on_file)
    if content_type.lower().lstrip().startswith("multipart"):
        return pairs
    # Decoding forms is left to the caller.
    return [[urllib.parse.unquote_plus(text, errors="strict") for text in pair] for pair in pairs]


def read_werkzeug(content_type, body):
    media_type, parameters = parse_options_header(content_type)
    parser = FormDataParser(silent=False)  # as Request.form calls it, which hides errors
    _, form, files = parser.parse(io.BytesIO(body), media_type.lower(), len(body), parameters)
    return [*form.items(multi=True), *((name, FILE) for name in files)]


def read_django(content_type, body):
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    request = WSGIRequest(environ)
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return pairs + [(name, FILE) for name in request.FILES]


def read_email(content_type, body):
    head = b"Content-Type: " + content_type.encode() + b"\r\n\r\n"
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise ValueError("not multipart")
    pairs = []
    for part in message.iter_parts():
        disposition = part["content-disposition"]
        is_file = "filename" in disposition.params
        pairs.append(
            (disposition.params["name"], FILE if is_file else part.get_payload(decode=True).decode())
        )
    return pairs


def read_urllib(_, body):
    return urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, errors="strict")


PARSERS = {
    "multipart": {
        "python-multipart": read_python_multipart,
        "werkzeug": read_werkzeug,
        "django": read_django,
        "email": read_email,
    },
    "form": {
        "python-multipart": read_python_multipart,
        "werkzeug": read_werkzeug,
        "django": read_django,
        "urllib": read_urllib,
    },
}


def answer(parser, case):
    try:
        return parser(case["content_type"], base64.b64decode(case["body"]))
    except Exception as error:  # whatever a parser raises is its refusal
        return f"{type(error).__name__}: {error}"


for line in sys.stdin:
    cases = json.loads(line)
    answers = [
        {name: answer(parser, case) for name, parser in PARSERS[case["kind"]].items()} for case in cases
    ]
    print(json.dumps(answers), flush=True)
