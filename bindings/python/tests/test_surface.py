"""The surface table of the catalogue against the names that the package exports, both ways."""

from __future__ import annotations

import inspect
from types import ModuleType

import callback_profile
from callback_profile import _native, hazmat, types
from support import COUNTS, shared

MODULES: dict[str, ModuleType] = {"": callback_profile, "hazmat.": hazmat, "types.": types}
"""The modules with public names, and their prefix in the table."""


def public(module: ModuleType) -> set[str]:
    """The names that a module lists as public."""
    names: list[str] = module.__all__
    assert len(set(names)) == len(names)
    return set(names)


def members(cls: type) -> set[str]:
    """The public attributes that a class adds to its bases."""
    return {name for name in {*vars(cls), *inspect.get_annotations(cls)} if not name.startswith("_")}


def exported() -> set[str]:
    """`Profile`, `Profile.parse`, `hazmat.gcm_seal`, `types.ErrorCode`: every public name. What the package re-exports
    has no prefix.
    """
    names: set[str] = set()
    for prefix, module in MODULES.items():
        for name in public(module):
            if prefix and name in public(callback_profile):
                continue
            names.add(prefix + name)
            value = getattr(module, name)
            if isinstance(value, type):
                names |= {f"{prefix}{name}.{member}" for member in members(value)}
    return names


def test_the_surface_table_has_exactly_the_exported_names() -> None:
    table: list[str] = [name for row in shared("catalogue")["surface"] for name in row["python"]]
    names = exported()
    missing, unknown = sorted(names - set(table)), sorted(set(table) - names)
    failed = len(missing) + len(unknown)
    COUNTS.append(f"count surface python ran={len(names)} refused=0 failed={failed}")
    assert not missing, "exported, but not in the table"
    assert not unknown, "in the table, but not exported"
    assert len(names) >= 125


def test_every_public_name_is_listed() -> None:
    """A name without an underscore that no `__all__` has would be public by chance."""
    named = {name for module in MODULES.values() for name in public(module)}
    found = {name for name in vars(callback_profile) if not name.startswith("_")}
    assert found - named == {"hazmat", "types"}
    assert {name for name in vars(_native) if not name.startswith("_")} <= named
