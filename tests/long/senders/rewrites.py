"""What clients are known to do of their own: each a function, so that nothing else passes under its name."""


def dot_segments(target: str) -> str:
    """Removes `.` and `..` (RFC 3986 §5.2.4)."""
    path, mark, query = target.partition("?")
    kept: list[str] = []
    for segment in (segments := path.split("/")[1:]):
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    ends_in_dots = segments[-1] in (".", "..")
    return "/" + "/".join([*kept, ""] if ends_in_dots and kept else kept) + mark + query


def dot_segments_and_last_slash(target: str) -> str:
    """The same, but a path that ended in a dot segment does not end in a slash."""
    path, mark, query = target.partition("?")
    if path.rsplit("/", 1)[1] not in (".", ".."):
        return dot_segments(target)
    return (dot_segments(path).removesuffix("/") or "/") + mark + query


def identity_with_range(name: str, value: str, names: set[str]) -> str:
    """Appends to Accept-Encoding where there is a Range."""
    return f"{value}, identity" if name == "accept-encoding" and "range" in names else value


def own_sec_fetch_mode(name: str, value: str, _names: set[str]) -> str:
    """Says `cors` in Sec-Fetch-Mode."""
    return "cors" if name == "sec-fetch-mode" else value


def has_credentials(url: str) -> bool:
    """Whether there is a user name in the URL."""
    return "@" in url.split("://", 1)[1].split("/", 1)[0].split("?", 1)[0]


REWRITES = {"dot_segments": dot_segments, "dot_segments_and_last_slash": dot_segments_and_last_slash}
HEADERS = {"identity_with_range": identity_with_range, "own_sec_fetch_mode": own_sec_fetch_mode}
REFUSALS = {"refuses_credentials": has_credentials}
