"""Whole callbacks, and several texts at once."""

import json
from urllib.parse import urlencode

from mistakes_text import GERMAN, LONG, NAME, ORDER, PHONE, WORDS
from sender import ALGORITHMS, GCM, Sender, b64

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=edge"


def payload(sender, method="POST", content_type=None, params=None, body=None):
    profile = {
        "title": "diagnosis",
        "http_method": method,
        "url": "https://example.com/sms?to=<to>",
        "headers": {"content-type": content_type} if content_type else {},
        "body": body or {"to": "<to>", "note": "<note>", "order": {"id": "<id>"}},
        "enc": {**sender.enc, "params": params or ["to", "note", "order.id"]},
    }
    if method in ("GET", "DELETE"):
        del profile["body"], profile["headers"]
        profile["enc"]["params"] = ["to"]
    return json.dumps(profile)


def multipart(parameters):
    parts = (
        f'--edge\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in parameters.items()
    )
    return "".join(parts) + "--edge--\r\n"


def flat(parameters):
    return {"to": parameters["to"], "note": parameters["note"]}


def bodies(cases):
    for algorithm in ALGORITHMS:
        sender = Sender(algorithm, "bodies")
        texts = {"to": sender.text(PHONE), "note": sender.text(LONG), "order": {"id": sender.text(ORDER)}}
        body = json.dumps(texts)
        two = {"to": "<to>", "note": "<note>"}
        with_json = payload(sender)
        with_form = payload(sender, content_type=FORM, params=["to", "note"], body=two)
        with_parts = payload(sender, content_type=MULTIPART, params=["to", "note"], body=two)
        form, parts = urlencode(flat(texts)), multipart(flat(texts))
        query = payload(sender, method="GET")

        def add(row, what, profile, received, algorithm=algorithm, **more):
            cases.body(row, f"{what} {algorithm}", profile, received, **more)

        for what, profile, received, content_type in [
            ("JSON in a string", with_json, json.dumps(body), None),
            ("JSON in an array", with_json, f"[{body}]", "application/json"),
            ("a byte order mark", with_json, "\ufeff" + body, "application/json; charset=utf-8"),
            (
                "a form for JSON",
                with_json,
                urlencode({**flat(texts), "order.id": texts["order"]["id"]}),
                FORM,
            ),
            ("JSON for a form", with_form, json.dumps(flat(texts)), "application/json"),
            ("JSON for multipart", with_parts, json.dumps(flat(texts)), "application/json"),
            ("a form for multipart", with_parts, form, FORM),
            ("multipart for a form", with_form, parts, MULTIPART),
        ]:
            add("body_form", what, profile, received, content_type=content_type, grade="proved")
        # The body is right, and only the type says otherwise.
        for what, profile, received, content_type in [
            ("JSON as a form", with_json, body, FORM),
            ("JSON as multipart", with_json, body, MULTIPART),
            ("a form as JSON", with_form, form, "application/json"),
            ("multipart as a form", with_parts, parts, FORM),
            ("no media type", with_json, body, "json"),
        ]:
            add(
                "body_form", f"the type: {what}", profile, received, content_type=content_type, grade="proved"
            )
        # The boundary of the received type is the only one that is known.
        preamble = "Parts follow.\r\n" + parts
        add("opens", "multipart behind a preamble", with_parts, preamble, content_type=MULTIPART)
        renamed = preamble.replace('"note"', '"Note"')
        add(
            "parameter_renamed",
            "behind a preamble",
            with_parts,
            renamed,
            content_type=MULTIPART,
            grade="proved",
        )
        add("body_form", "a preamble without a boundary", with_parts, preamble, grade="spelling")
        add("body_form", "neither", with_json, "<xml/>", content_type="text/xml", grade="spelling")
        for what, profile, received in [
            ("nested", with_json, json.dumps({**texts, "order": {}})),
            ("at the top", with_json, json.dumps({**texts, "to": None}).replace('"to": null, ', "")),
            ("of a form", with_form, urlencode({"to": texts["to"]})),
            ("of multipart", with_parts, multipart({"note": texts["note"]})),
            ("of a query", query, "https://example.com/sms?lang=de"),
        ]:
            add("parameter_missing", what, profile, received, grade="proved")
        for what, profile, received in [
            ("another case", with_json, body.replace('"to"', '"TO"')),
            ("a level deeper", with_json, json.dumps({"data": texts})),
            ("a level higher", with_json, json.dumps({**flat(texts), "id": texts["order"]["id"]})),
            ("amp;", with_form, form.replace("&", "&amp;")),
            ("of multipart", with_parts, parts.replace('"note"', '"Note"')),
            ("of a query", query, "https://example.com/sms?To=" + urlencode({"": texts["to"]})[1:]),
        ]:
            add("parameter_renamed", what, profile, received, grade="proved")
        if algorithm in GCM:
            received = body.replace('"to"', '"recipient"')
            add("parameter_renamed", "told by its tag", with_json, received, grade="proved")
        add("opens", "JSON", with_json, body)
        add("opens", "a form", with_form, form, content_type=FORM)
        add("opens", "multipart", with_parts, parts, content_type=MULTIPART)
        add("opens", "a query", query, "?to=" + urlencode({"": texts["to"]})[1:])
        values = {"to": PHONE, "note": LONG, "order": ORDER}
        wrong = {name: sender.text(value, mode="CFB8") for name, value in values.items()}
        wrong["order"] = {"id": wrong["order"]}
        add("cfb8", "all parameters", with_json, json.dumps(wrong), grade="likely")
        # Of several texts one alone is wrong: under GCM the others are known to be right.
        if algorithm in GCM:
            ciphertext, tag = sender.gcm(LONG.encode())
            one = {**texts, "note": b64(tag + ciphertext)}
            add("tag_first", "one of three parameters", with_json, json.dumps(one), grade="proved")
            one = {**texts, "note": LONG}
            add("not_encrypted", "one of three parameters", with_json, json.dumps(one), grade="spelling")


def several(cases):
    for algorithm in ALGORITHMS:
        sender, nobody = Sender(algorithm, "several"), Sender(algorithm, "nobody")
        values = [PHONE, WORDS, NAME, GERMAN]
        texts = [sender.text(value) for value in values]
        is_gcm = algorithm in GCM

        def add(row, what, texts, values=values, algorithm=algorithm, sender=sender, **more):
            cases.several(row, f"{what} {algorithm}", sender, texts, values, **more)

        add("opens", "all open", texts)
        add("cfb8", "all", [sender.text(value, mode="CFB8") for value in values], alone="likely")
        add("hex_text", "all", [sender.seal(value).hex() for value in values])
        if is_gcm:
            first = [sender.gcm(value.encode()) for value in values]
            first = [b64(tag + ciphertext) for ciphertext, tag in first]
            add("tag_first", "all", first)
            add("tag_first", "the last two", texts[:2] + first[2:])
            add("tag_first", "the first", first[:1] + texts[1:])
        add("percent_encoded", "some have no sign", [text.replace("=", "%3D") for text in texts])
        add("surrounding_characters", "one in quotes", [f'"{texts[0]}"', *texts[1:]])
        add("key_case", "all", [sender.text(value, key=sender.key.lower()) for value in values])
        mixed = [b64(sender.seal(values[0], mode="CFB8")), sender.text(values[1], key=sender.key[::-1])]
        more = {"causes": ["unknown"], "grade": "none"}
        add("unknown", "each by another cause", mixed, values[:2], **more)
        add("unknown", "several of nobody", [nobody.text(value) for value in values], grade="none")
        short = ["+49151", "READ", "42 EUR", "Berlin"]
        right = [sender.text(value) for value in short]
        add("opens", "short ones", right, short)
        if not is_gcm:
            cases.several(
                "opens", f"one short one {algorithm}", sender, right[:1], short[:1], alone="none", grade=""
            )
            wrong = [sender.text(value, mode="CFB8") for value in short]
            add("cfb8", "short ones", wrong, short)
            add(
                "cfb8",
                "the last two",
                texts[:2] + [sender.text(value, mode="CFB8") for value in values[2:]],
                only_with_value=True,
            )


ROWS = [bodies, several]
