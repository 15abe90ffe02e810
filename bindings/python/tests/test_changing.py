"""A record that changes while it is read is refused: no panic, no half of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from callback_profile import ArgumentError, Profile
from support import profile


class Meddler(Mapping[str, Any]):
    """A mapping that does something while it is read."""

    def __init__(self, meddle: Callable[[], object]) -> None:
        self.meddle = meddle

    def __getitem__(self, name: str) -> Any:
        self.meddle()
        return 1

    def __iter__(self) -> Iterator[str]:
        return iter(["x"])

    def __len__(self) -> int:
        return 1


def grow(record: dict[str, Any]) -> None:
    record.update({f"n{number}": number for number in range(100)})


def replace_name(record: dict[str, Any]) -> None:
    del record["a"]
    record["z"] = 1


DICTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "grow": grow,
    "replace a name": replace_name,
    "replace a value": lambda record: record.update(a="another"),
    "shrink": lambda record: record.pop("a"),
    "empty": lambda record: record.clear(),
    "add one": lambda record: record.update(z=1),
}
LISTS: dict[str, Callable[[list[Any]], object]] = {
    "empty": lambda elements: elements.clear(),
    "remove the first": lambda elements: elements.pop(0),
    "append": lambda elements: elements.append(1),
    "replace": lambda elements: elements.__setitem__(0, 2),
    "grow": lambda elements: elements.extend(range(100)),
}


def calls() -> list[Callable[[Any], object]]:
    whole = profile(enc=None)
    return [whole.message, whole.callback, whole.open, whole.patch, Profile.parse]


@pytest.mark.parametrize("change", DICTS)
@pytest.mark.parametrize("index", [0, 1, 3])
def test_a_dict_that_changes(change: str, index: int, capfd: pytest.CaptureFixture[str]) -> None:
    for call in calls():
        for nested in (False, True):
            record: dict[str, Any] = {}
            meddler = Meddler(partial(DICTS[change], record))
            members: list[tuple[str, Any]] = [("a", 1), ("b", {"c": [True, None]}), ("d", "x")]
            members.insert(index, ("m", meddler))
            record.update(members)
            with pytest.raises(ArgumentError, match="changed while it was read") as caught:
                call({"in": record} if nested else record)
            assert ("/in changed" in str(caught.value)) == nested
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("change", LISTS)
def test_a_list_that_changes(change: str, capfd: pytest.CaptureFixture[str]) -> None:
    for call in calls():
        elements: list[Any] = [1, 2, 3]
        elements.insert(1, Meddler(partial(LISTS[change], elements)))
        with pytest.raises(ArgumentError, match="/in changed while it was read"):
            call({"in": elements})
    assert capfd.readouterr() == ("", "")


def test_what_a_mapping_raises_comes_through() -> None:
    members = {"x": 1}

    class Shrinking(Meddler):
        def __getitem__(self, name: str) -> Any:
            self.meddle()
            return members[name]

    for record in (Shrinking(members.clear), {"in": Shrinking(members.clear)}):
        with pytest.raises(KeyError, match="x"):
            profile().callback(record)


def test_code_that_runs_but_changes_nothing_is_no_reason_to_refuse() -> None:
    reads: list[int] = []
    record = {"a": [Meddler(lambda: reads.append(1)), {"b": Meddler(lambda: None)}], "c": 1}
    plain = profile(enc=None, body={"v": "<a>"})
    assert plain.callback(record).body == '{"v":[{"x":1},{"b":{"x":1}}]}'
    assert reads == [1]
