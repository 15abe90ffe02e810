"""What received bodies are made of: names, values, and the changes that parsers may read differently."""

# fmt: off
# The fields of the profile; the last four are written or read in more than one way between quotes.
NAMES = [
    "to", "status", "first name", "naïve", "user[name]", "a.b", "日本", "a;b=c", 'q"t', "back\\slash", "end\\",
    "a%22b",
]
UNKNOWN = [
    "x", "TO", "", " to", "to ", "to\t", "é", "a+b", "100%", "%41", "a&b", "a=b", "__proto__", "constructor",
    "=?utf-8?q?to?=", "to\ufeff", "\ufeffto", "x" * 300, "'to'", "to[]", "a,b", "utf-8''to", "﷽",
]
VALUES = [
    "", "1", "+919876543210", "DELIVERED", "a b", "100% +1", "é", "日本語", "\U0001f600", "a\r\nb", "a\nb", "a\rb",
    "\r\n", "\n", "\r", " x ", "\tx", "x\r\n\r\ny", "{\"a\":1}", "[]", "null", "a&b=c", "a;b", "%41%zz%",
    "\ufeffx", "x\ufeff", "\0", "--", "---", "-", "v" * 3000, "=41=\r\n", "dGVzdA==", "\u2028", "\x85x",
    "Content-Disposition: form-data; name=\"x\"",
]

FORM_ENDS = ["&*", "*&", "*\r\n", " *", "\ufeff*", "%EF%BB%BF*", "?*", "*#x", "&&*&&", "*&%78"]

DISPOSITIONS = [
    'form-data; name=TOKEN', 'form-data; name=TOKEN \t', 'FORM-DATA; NAME="NAME"', 'form-data;name="NAME"',
    'form-data ; name="NAME" ;', 'form-data; name="NAME"; x=y', 'form-data; x="; name=z"; name="NAME"',
    'form-data; x="\\"; name=z; \\""; name="NAME"', 'form-data; name="NAME"; name="z"',
    'form-data; name="z"; NAME="NAME"', 'form-data; name*=utf-8\'\'z; name="NAME"',
    'form-data; name="NAME"; name*=utf-8\'\'z', 'form-data; name*0="NA"; name*1="ME"',
    'form-data; name="NAME"; filename="f"', 'form-data; name="NAME"; filename=""',
    'form-data; name="NAME"; filename*=utf-8\'\'f', 'form-data; filename="f"', 'form-data', 'form-data; name',
    'form-data; name=', 'form-data; name=""', 'form-data; name="NAME', 'form-data; name=NAME"',
    'form-data; name = "NAME"', "form-data; name='NAME'", "form-data; name=utf-8'en'TOKEN",
    'form-data; name="\\N\\A\\M\\E"', 'form-data; name="NAME\\"', 'form-data; name="NAME\\""',
    'form-data; name="NAME\\\\"', 'form-data; name="a\\"; x="b"', 'form-data; name="NAME%22"',
    'form-data; name="NAME%0d%0A"', 'form-data; name="NAME"x', 'form-data; name="NA" "ME"',
    'form-data; name="NAME" x=y', 'form-data, name="NAME"', 'attachment; name="NAME"', 'file; name="NAME"',
    '"form-data"; name="NAME"', 'name="NAME"', 'form-data; name="=?utf-8?b?dG8=?="', 'form-data; name=%74%6f',
    'form-data;\tname="NAME"\t', 'form-data; name="\tNAME"', 'form-data; name="NAME\0"',
    'form-data; name="NAME\x7f"', 'form-data; xname="z"; name="NAME"', 'form-data; name="NAME"; xname="z"',
    'form-data; name-x=z; name="NAME"', 'form-data; name="NAME";;; x=y', 'form-data; ; name="NAME"',
    'form-data; name="name=\'NAME\'"', 'form-data; name="; name=z"', 'form-data; name=_charset_',
    'form-data; name=(NAME)', 'form-data; name="NAME" (comment)', 'form-data; (name="z") name="NAME"',
    'form-data; size=3; name="NAME"', 'form-data; x=a/b; name="NAME"', 'form-data; name="NAME"; x=é',
    'form-data; name="NAME"; é=x', 'form-data; name=NAME; x="', 'form-data; name="NAME"; X=1; x=1',
]

PART_HEADERS = [
    "Content-Type: text/plain", "Content-Type: text/plain; charset=utf-8",
    "content-type:text/plain;charset=\"UTF-8\"", "Content-Type: text/plain; charset=utf8",
    "Content-Type: text/plain; charset=iso-8859-1", "Content-Type: text/plain; charset=utf-16",
    "Content-Type: text/plain; charset=us-ascii", "Content-Type: application/json",
    "Content-Type: text/html; x=\"; charset=latin1\"", "Content-Type: application/octet-stream",
    "Content-Type: multipart/mixed; boundary=z", "Content-Type: message/rfc822", "Content-Type: text",
    "Content-Type:", "Content-Type: image/png", "Content-Type: text/plain; charset=utf-8; charset=latin1",
    "Content-Type: text/plain; name=z", "Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: 8bit",
    "content-transfer-encoding: BINARY", "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: quoted-printable", "Content-Transfer-Encoding: x-uuencode",
    "Content-Transfer-Encoding:", "Content-Length: 1", "Content-Length: 100000", "Content-Encoding: gzip",
    "X-A: b", "x: ", "X-A: é", "X-A : b", "X-A", ": b", "X-A: b\0",
    "Content-Disposition: form-data; name=\"z\"", "Content-Disposition: attachment", "Content-ID: <z>",
    "MIME-Version: 1.0", "Content-Disposition-X: form-data; name=\"z\"", "Content-Location: z",
    "X-A: Content-Disposition: form-data; name=\"z\"",
    "Content-Type: text/plain\r\nContent-Type: text/plain; charset=latin1",
    "Content-Type: text/x-dvi; charset=utf-8", "Content-Type: TEXT/PLAIN; FORMAT=flowed",
]

LINE_CHANGES = [
    lambda lines: ("headers: LF", ["\n".join([*lines, "X: y"])], "\r\n"),
    lambda lines: ("headers: CR", ["\r".join([*lines, "X: y"])], "\r\n"),
    lambda lines: ("headers: LF and the end too", ["\n".join([*lines, "X: y"])], "\n"),
    lambda lines: ("headers: end in LF", lines, "\n"),
    lambda lines: ("headers: end in CR", lines, "\r"),
    lambda lines: ("headers: no empty line", lines, ""),
    lambda lines: ("headers: folded", [line.replace("; ", ";\r\n ", 1) for line in lines], "\r\n"),
    lambda lines: ("headers: folded with a tab", [line.replace("; ", ";\r\n\t", 1) for line in lines], "\r\n"),
    lambda lines: ("headers: blank before the colon", [line.replace(":", " :", 1) for line in lines], "\r\n"),
    lambda lines: ("headers: no blank behind the colon", [line.replace(": ", ":", 1) for line in lines], "\r\n"),
    lambda lines: ("headers: blanks at the start", [f" {line}" for line in lines], "\r\n"),
    lambda lines: ("headers: blanks at the end", [f"{line} \t" for line in lines], "\r\n"),
    lambda lines: ("headers: two empty lines", lines, "\r\n\r\n"),
    lambda lines: ("headers: none", [], ""),
    lambda lines: ("headers: an empty line first", ["", *lines], "\r\n"),
    lambda lines: ("headers: an LF line", [*lines, "\nX: y"], "\r\n"),
    lambda lines: ("headers: lower case", [line.lower() for line in lines], "\r\n"),
    lambda lines: ("headers: VT", [*lines, "X: y\x0bContent-Disposition: form-data; name=z"], "\r\n"),
    lambda lines: ("headers: NEL", [*lines, "X: y\x85Content-Disposition: form-data; name=z"], "\r\n"),
    lambda lines: ("headers: LS", [*lines, "X: y\u2028Content-Disposition: form-data; name=z"], "\r\n"),
]

PREAMBLES = [
    "\r\n", "This is a multi-part message.\r\n", "see DELIMITER here\r\n", "junkDELIMITER\r\n",
    "junkDELIMITER--\r\n", "DELIMITERx\r\n", "DELIMITER--x\r\n", "DELIMITER-\r\n", "DELIMITER--\r\n",
    "\nDELIMITER\r\n", "x\rDELIMITER\r\n", "DELIMITER\n", "\n", "x", " ", "\ufeff", "\0\r\n", "x\n", "x\r",
    "\r\n\r\n", "junkDELIMITER\nX: y\n\n1\n",
    "junkDELIMITER\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n1\r\n",
    "Content-Disposition: form-data; name=\"z\"\r\n\r\n", "xDELIMITER--\r\n\r\n", "DELIMITER \tx\r\n", "-\r\n",
    "--\r\n",
]

OPENINGS = [
    "\r\n", " \r\n", "\t \t\r\n", "\n", "\r", "x\r\n", "--\r\n", "-\r\n", " --\r\n", "\r\r\n", "\x0b\r\n",
    "\r\n\r\n", ";\r\n", "",
]
CLOSINGS = [
    "--\r\n", "--", "-- \r\n", "--\t", "--\n", "--\r", "--x", "--x\r\n", "-", "", " --\r\n", "---\r\n",
    "--\r\n\r\n", "\r\n", "--\0",
]

LINES_IN_VALUES = [
    "\r\nDELIMITERx", "\r\nDELIMITER--x", "\nDELIMITER", "\rDELIMITER\r\nX: y", "xDELIMITER", " DELIMITER\r\n",
    "DELIMITER", "\nDELIMITER--", "\r\nDELIMITER-", "\r\nDELIMITER\n", "\n DELIMITER", "\r\n DELIMITER\r\n",
    "\r\n-DELIMITER", "\x0bDELIMITER\r\n", "\u2028DELIMITER\r\n",
    "\nDELIMITER\nContent-Disposition: form-data; name=z\n\n1\n",
    "xDELIMITER\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n1", "\r\n\r\n", "\r", "\n",
    "\r\nDELIMITER \r\n",
]

EPILOGUES = [
    "junk", "\r\n", "\r\nDELIMITER\r\n", "DELIMITER--",
    "\r\nDELIMITER\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n1\r\nDELIMITER--\r\n", "\r\nDELIMITERx",
    "\nDELIMITER\nContent-Disposition: form-data; name=z\n\n1\nDELIMITER--", "\0",
    "\r\n\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n1", "junkDELIMITER\r\n",
]

CONTENT_TYPES = [
    'multipart/form-data; boundary="BOUNDARY"', 'multipart/form-data; boundary="PAIRS"',
    'Multipart/Form-Data; Boundary="BOUNDARY"', 'multipart/form-data;boundary="BOUNDARY";',
    'multipart/form-data; charset=utf-8; boundary="BOUNDARY"',
    'multipart/form-data; boundary="BOUNDARY"; charset="UTF-8"',
    'multipart/form-data; x="a; boundary=c"; boundary="BOUNDARY"',
    'multipart/form-data; boundary="BOUNDARY"; boundary=c',
    'multipart/form-data; boundary=c; boundary="BOUNDARY"', 'multipart/form-data; boundary="BOUNDARY"; x',
    'multipart/form-data; boundary="BOUNDARY"; charset=latin1',
    'multipart/form-data; boundary*=utf-8\'\'c; boundary="BOUNDARY"',
    'multipart/form-data; boundary = "BOUNDARY"',
    'multipart/form-data, multipart/form-data; boundary="BOUNDARY"',
    'multipart/form-data; x="\\"; boundary=c; \\""; boundary="BOUNDARY"',
    'multipart/form-data ; boundary="BOUNDARY" ; x=y', 'multipart/form-data; boundary=BOUNDARY',
    'multipart/form-data; boundary="BOUNDARY"x', "multipart/form-data; boundary='BOUNDARY'",
    'multipart/mixed; boundary="BOUNDARY"', 'multipart/form-data; xboundary=c; boundary="BOUNDARY"',
    'multipart/form-data; boundary="BOUNDARY"; xboundary=c', 'multipart/form-data;; boundary="BOUNDARY"',
    'multipart/form-data', 'multipart/form-data; boundary="BOUNDARY "',
    'multipart/form-data; boundary="BOUNDARY', 'multipart/form-data; boundary="b<c>"',
    'multipart/form-data; start=1; boundary="BOUNDARY"',
    'multipart/form-data; boundary="BOUNDARY"; type="text/plain; x=y"',
    'multipart/form-data; boundary="BOUNDARY"; boundaryx=c',
    'multipart/form-data; charset="ut\\f-8"; boundary="BOUNDARY"',
]

FORM_PIECES = [
    "NAME", "NAME=", "=VALUE", "=", "", "NAME==VALUE", "NAME=VALUE=VALUE", "NAME=VALUE%", "NAME=%4",
    "NAME=%zzVALUE", "NAME=%%41", "NAME%=VALUE", "NAME=%E9", "NAME=%C3", "%C3=%A9", "NAME=%C0%AF",
    "NAME=%ED%A0%80", "NAME=%00", "NAME=%u0041", "+NAME=VALUE", "NAME+=+VALUE+", "NAME=VALUE;z=1",
    " NAME = VALUE ", "NAME=VALUE#z", "NAME[]=VALUE", "NAME[a]=VALUE", "NAME=VALUE\r\n", "NAME=%26z%3D1",
    "NAME%3DVALUE", "NAME%26=VALUE", "NAME=\"VALUE\"", "NAME=%EF%BB%BFVALUE", "NAME=%0D%0AVALUE",
    "_charset_=latin1&NAME=VALUE", "NAME=VALUE?z=1", "utf8=%E2%9C%93&NAME=VALUE", "NAME=%F0%9F%98%80",
    "NAME=%F0%9F", "NAME=a\0b", "NAME=%2525", "NAME=VALUE%2", "NAME=%-1", "NAME=%+1", "NAME=% 1", "NAME=%a",
    "NAME=é", "é=VALUE",
]

PIECES = [
    b"\r\n", b"\n", b"\r", b"\0", b'"', b"\\", b"'", b";", b"=", b":", b"-", b"--", b" ", b"\t", b"%", b"%41",
    b"&", b"+", b"\xef\xbb\xbf", b"\xe9", b"\xc3\xa9", b"DELIMITER", b"\r\nDELIMITER", b"\nDELIMITER\n",
    b"\r\nDELIMITER--", b"\r\n\r\n", b"name=", b"#", b"x", b"*", b"/", b",", b"\x0b", b"\x0c", b"\x1c", b"\x85",
    b"\xe2\x80\xa8", b"(", b"<",
]
