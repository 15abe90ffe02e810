"""Profile and record to a sealed callback, worked out in Python with its `json` and `urllib`; nothing here knows the library."""

import re
from urllib.parse import quote, quote_plus, unquote_plus, urlsplit

from plain import as_text, compact, parse

NAME = re.compile(r"<(\w+)>")
JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
PORTS = {"http": 80, "https": 443}
UNRESERVED = re.compile(r"%(2D|2E|5F|7E|3[0-9]|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])")


def fill(value, record):
    """The body with the record's values: a string that is one whole replacer takes the value with its type."""
    if isinstance(value, dict):
        return {name: fill(member, record) for name, member in value.items()}
    if isinstance(value, list):
        return [fill(element, record) for element in value]
    if type(value) is not str:
        return value
    if whole := NAME.fullmatch(value):
        return record[whole[1]]
    return NAME.sub(lambda found: as_text(record[found[1]]), value)


def filled(text, record):
    """A part of the URL with its values percent-encoded."""
    return NAME.sub(lambda found: quote(as_text(record[found[1]]), safe="-._~"), text)


def normal(url):
    """The `htu` of a URL: no user info, default port, query or fragment; one spelling of host and percent-encoding."""
    parts = urlsplit(url)
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}{one_spelling(parts.path or '/')}"


def one_spelling(path):
    """Percent-encoding in upper case, and none of unreserved characters."""
    path = re.sub("%[0-9A-Fa-f]{2}", lambda found: found[0].upper(), path)
    return UNRESERVED.sub(lambda found: chr(int(found[1], 16)), path)


def is_named(names, path):
    """Whether a name of enc.params reaches here; arrays have no part in the path."""
    return any(".".join(path[:end]) in names for end in range(1, len(path) + 1))


def copy(value, names, path):
    """What is repeated outside: everything that is not named."""
    if isinstance(value, dict):
        return {
            name: copy(member, names, (*path, name))
            for name, member in value.items()
            if not is_named(names, (*path, name))
        }
    if isinstance(value, list):
        return [copy(element, names, path) for element in value]
    return value


def form_text(text):
    """WHATWG's form encoding: Python leaves ~ and encodes *, that one does the opposite."""
    return quote_plus(text, safe="*").replace("~", "%7E")


def form(fields):
    return "&".join(f"{form_text(name)}={form_text(value)}" for name, value in fields)


def multipart(fields, boundary):
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    )
    return "".join(parts) + f"--{boundary}--\r\n"


class Callback:
    """One profile filled from one record. `seal` takes the plaintext and gives the token."""

    def __init__(self, profile, record, boundary=None, bare=False):
        self.profile, self.boundary, self.bare = profile, boundary, bare
        self.names = profile["enc"].get("params")
        self.method = profile["http_method"]
        self.has_body = self.method in ("POST", "PUT")
        given = next((value for name, value in self.headers() if name.lower() == "content-type"), JSON)
        self.kind = given.split(";")[0]
        target, _, query = profile["url"].partition("#")[0].partition("?")
        self.target, self.query = one_spelling(filled(target, record)), self.query_of(query, record)
        self.body = fill(profile["body"], record) if self.has_body else {}

    def headers(self):
        return list(self.profile.get("headers", {}).items())

    def query_of(self, text, record):
        """Of each parameter: name, value, as it is written, and whether it stays in the URL."""
        parameters = []
        for piece in filter(None, text.split("&")):
            name, equals, value = piece.partition("=")
            name, written = unquote_plus(name), name + equals + filled(value, record)
            value = NAME.sub(lambda found: as_text(record[found[1]]), unquote_plus(value))
            stays = not NAME.search(piece) or (self.names is not None and not is_named(self.names, (name,)))
            parameters.append((name, value, written, stays))
        return parameters

    def params(self):
        """All parameters, of body and query. A form has no spelling of null and no types but text."""
        inside = self.body
        if self.kind != JSON:
            inside = {name: as_text(value) for name, value in inside.items() if value is not None}
        return {**inside, **{name: value for name, value, _, _ in self.query}}

    def claims(self, issued_at, identifier, profile_id=None):
        pid = {} if profile_id is None else {"pid": profile_id}
        start = {"iat": issued_at, "jti": identifier, "htm": self.method, "htu": normal(self.target)}
        return compact({**start, **pid, "params": self.params()})

    def outside(self, token):
        """The members of the body: the readable copies, if there are any, then the token."""
        copies = {} if self.names is None else copy(self.body, self.names, ())
        return {**copies, "jwe": token}

    def sent(self, token):
        """Method, URL, headers and body as they are sent."""
        query = [written for _, _, written, stays in self.query if stays]
        if not self.has_body:
            query.append(f"jwe={token}")
        url = "?".join(filter(None, [self.target, "&".join(query)]))
        body, content_type = self.written(token) if self.has_body else (None, None)
        headers = [
            [name, content_type if name.lower() == "content-type" else value]
            for name, value in self.headers()
        ]
        if content_type and not any(name.lower() == "content-type" for name, _ in headers):
            headers.append(["content-type", content_type])
        return {"method": self.method, "url": url, "headers": headers, "body": body}

    def written(self, token):
        """The body and its content type."""
        if self.bare:
            return token, "application/jose"
        outside = self.outside(token)
        if self.kind == JSON:
            return compact(outside), JSON
        fields = [(name, as_text(value)) for name, value in outside.items() if value is not None]
        if self.kind == FORM:
            return form(fields), FORM
        return multipart(fields, self.boundary), f"{MULTIPART}; boundary={self.boundary}"


def callback(profile_text, record_text, **more):
    return Callback(parse(profile_text), parse(record_text), **more)
