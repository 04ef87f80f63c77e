"""The manifest's form: YAML with marks in, frozen entries and faults with lines out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TypeVar

import yaml

from harness.plan.document import NotYamlError, compose
from harness.plan.names import PATTERN, ROLLBACK_PATTERN, is_domain, read_name, shown
from harness.plan.roles import refusal
from harness.plan.shape import Faults, Mapping, is_mapping, kind_of, line_of
from harness.sql import parse_script

_Value = TypeVar("_Value")
_TOP = ("version", "project", "strategy", "convention", "prerequisites", "phases")
_CONVENTION = ("pattern", "rollback_pattern", "change_type", "schema_per_domain")
_PREREQUISITES = ("postgres", "owner", "roles", "app_roles")
_PHASE = ("id", "order", "release", "status", "domains", "migrations", "seeds")
_MIGRATION = ("path", "after", "ready", "loses")
_HOLDS_FILES = {"id": True, "migrations": True, "seeds": False}
_FOLDER = re.compile(r"\w[\w.-]*")
_HIGHEST_ORDER = 999  # file names hold three digits of it
_HIGHEST_VERSION = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file that a phase lists; ``line`` and ``after_line`` are the manifest's.

    ``unclear`` are the keys that it tries to say, in a form that cannot be read.
    """

    path: str
    line: int
    unclear: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    after_line: int = 0
    ready: str | None = None
    loses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseEntry:
    """A phase, as the manifest words it; ``unclear`` as in `Entry`."""

    id: str
    order: int
    release: str
    released: bool
    domains: tuple[str, ...]
    migrations: tuple[Entry, ...]
    seeds: tuple[Entry, ...]
    line: int
    release_line: int
    unclear: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the manifest says, where it says it well; the defaults elsewhere.

    ``unclear`` are the prerequisites that it tries to say, in a form that cannot be read.
    """

    project: str = ""
    schema_per_domain: bool = False
    postgres: int | None = None
    owner: str | None = None
    roles: tuple[str, ...] = ()
    app_roles: tuple[str, ...] = ()
    phases: tuple[PhaseEntry, ...] = ()
    unclear: frozenset[str] = frozenset()


def read_manifest(text: str, faults: Faults) -> Manifest:
    """Read a manifest; faults are added, never raised."""
    try:
        node = compose(text)
    except NotYamlError as error:
        faults.hide(phases=True)
        faults.add(error.line, f"not YAML: {error}")
        return Manifest()
    if not isinstance(node, yaml.MappingNode) or not is_mapping(node):
        faults.hide(phases=True)
        found = "empty" if node is None else kind_of(node)
        faults.add(1, f"the manifest must be a mapping, but is {found}")
        return Manifest()
    return _manifest(Mapping(node, "the manifest", _TOP, faults, {"phases": True}), faults)


def _manifest(top: Mapping, faults: Faults) -> Manifest:
    top.require("version", "phases")
    if top.number("version", _HIGHEST_VERSION) not in {None, 1}:
        top.refuse("version", "this harness knows manifests of version 1 only", "write version: 1")
    if top.text("strategy") not in {None, "sql-first"}:
        top.refuse("strategy", 'the only strategy is "sql-first"', "write strategy: sql-first")
    convention = top.mapping("convention", _CONVENTION)
    needs = top.mapping("prerequisites", _PREREQUISITES)
    read = Manifest(
        project=top.text("project") or "",
        schema_per_domain=_convention(convention) if convention else False,
        postgres=needs.number("postgres", _HIGHEST_VERSION) if needs else None,
        owner=_owner(needs) if needs else None,
        roles=_roles(needs, "roles") if needs else (),
        app_roles=_roles(needs, "app_roles") if needs else (),
        phases=tuple(_phases(top, faults)),
    )
    return replace(read, unclear=frozenset(_unclear(top, needs)))


def _unclear(top: Mapping, needs: Mapping | None) -> Iterator[str]:
    for key in _PREREQUISITES:
        if top.is_unclear("prerequisites") or (needs is not None and needs.is_unclear(key)):
            yield key


def _convention(found: Mapping) -> bool:
    for key, only in (("pattern", PATTERN), ("rollback_pattern", ROLLBACK_PATTERN)):
        if found.text(key) not in {None, only}:
            found.refuse(key, f'the only {key} is "{only}"', f'write {key}: "{only}"')
    for each in found.texts("change_type"):
        if each not in {"expand", "contract"}:
            message = f'unknown change_type "{shown(each)}" (known: expand, contract)'
            found.refuse("change_type", message, entry=each)
    return bool(found.flag("schema_per_domain"))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What may stand once, and the line of its first place."""

    paths: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    orders: dict[int, int] = field(default_factory=dict)


def _phases(top: Mapping, faults: Faults) -> Iterator[PhaseEntry]:
    seen = _Seen()
    for node in top.items("phases"):
        if isinstance(node, yaml.MappingNode) and is_mapping(node):
            phase = _phase(Mapping(node, "a phase", _PHASE, faults, _HOLDS_FILES), faults, seen)
            if phase is not None:
                yield phase
        else:
            faults.hide(phases=True)
            top.wrong(node, "an entry of phases", "a mapping")


def _phase(found: Mapping, faults: Faults, seen: _Seen) -> PhaseEntry | None:
    found.require("id", "order")
    name = _id(found)
    status = found.text("status")
    if status not in {None, "open", "released"}:
        found.refuse("status", f'unknown status "{shown(status or "")}" (known: open, released)')
    release, domains = found.text("release"), _domains(found)
    migrations = tuple(_entries(found, "migrations", faults, seen.paths))
    seeds = tuple(_entries(found, "seeds", faults, seen.paths))
    order = _order(found, name or "", (*migrations, *seeds), seen.orders)
    if name is None:
        return None
    _once(found, "id", name, seen.ids)
    return PhaseEntry(
        id=name,
        order=order,
        release=release or name,
        released=status == "released",
        domains=domains,
        migrations=migrations,
        seeds=seeds,
        line=found.line,
        release_line=found.line_at("release"),
        unclear=frozenset(each for each in _PHASE if found.is_unclear(each)),
    )


def _order(found: Mapping, name: str, entries: tuple[Entry, ...], orders: dict[int, int]) -> int:
    """Read a phase's order; where it cannot be the right one, the id tells it, as files do."""
    order = found.number("order", _HIGHEST_ORDER)
    digits = re.search(r"\d{1,9}", name)
    told = int(digits[0]) if digits else max(orders, default=-1) + 1
    names = [PurePosixPath(each.path).name for each in entries]
    borne = {each.phase for at in names if (each := read_name(at[:1], at)) is not None}
    if order is not None and order != told and borne == {told}:
        message = f"{shown(name)} has the order {order}, but its files bear {told:03d}"
        found.refuse("order", message, f"write order: {told}")
    elif order is not None and _once(found, "order", order, orders):
        return order
    orders.setdefault(told, found.line_at("order"))
    return told


def _id(found: Mapping) -> str | None:
    name = found.text("id")
    if name is not None and not _FOLDER.fullmatch(name):
        message = f'"{shown(name)}" can be no folder: a phase\'s id is that of its files'
        found.refuse("id", message, "write letters, digits, - and _, as in phase-100-mvp")
    return name


def _domains(found: Mapping) -> tuple[str, ...]:
    """Read the domains of a phase; none, so that all are allowed, where one cannot be read."""
    domains = found.texts("domains")
    for each in (each for each in domains if not is_domain(each)):
        message = f'"{shown(each)}" can be no domain: no file could be named so'
        fix = "write words of lower-case letters and digits, joined by underscores"
        found.refuse("domains", message, fix, entry=each)
    return () if found.is_unclear("domains") else domains


def _once(found: Mapping, key: str, value: _Value, seen: dict[_Value, int]) -> bool:
    if value in seen:
        said = f"two phases have the {key} {shown(str(value))}"
        found.refuse(key, f"{said}, the first on line {seen[value]}")
        return False
    seen[value] = found.line_at(key)
    return True


def _roles(needs: Mapping, key: str) -> tuple[str, ...]:
    roles = needs.texts(key)
    for each in roles:
        if (said := refusal(each)) is not None:
            needs.refuse(key, said, "name a role of the application's own", entry=each)
    return tuple(each for each in roles if refusal(each) is None)


def _owner(needs: Mapping) -> str | None:
    owner = needs.text("owner")
    if owner is None or (said := refusal(owner)) is None:
        return owner
    needs.refuse("owner", said, "name a role of the application's own")
    return None


def _entries(phase: Mapping, key: str, faults: Faults, listed: dict[str, int]) -> Iterator[Entry]:
    for node in phase.items(key):
        entry = _entry(phase, node, key, faults)
        if entry is None:
            continue
        if entry.path in listed:
            first = listed[entry.path]
            faults.add(entry.line, f"{shown(entry.path)} is listed twice, first on line {first}")
            continue
        listed[entry.path] = entry.line
        yield entry


def _entry(phase: Mapping, node: yaml.Node, key: str, faults: Faults) -> Entry | None:
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
        return _checked(Entry(path=node.value, line=line_of(node)), faults)
    if not isinstance(node, yaml.MappingNode) or not is_mapping(node) or key == "seeds":
        faults.hide(phases=False)
        wanted = "a path" if key == "seeds" else "a path, or a mapping with one"
        phase.wrong(node, f"an entry of {key}", wanted)
        return None
    found = Mapping(node, "a migration", _MIGRATION, faults, {"path": False})
    found.require("path")
    path, after, ready = found.text("path"), found.texts("after"), _ready(found)
    entry = Entry(
        path=path or "",
        line=found.line_at("path"),
        unclear=frozenset(each for each in _MIGRATION if found.is_unclear(each)),
        after=after,
        after_line=found.line_at("after"),
        ready=ready,
        loses=found.texts("loses"),
    )
    return _checked(entry, faults) if path is not None else None


def _ready(found: Mapping) -> str | None:
    query = found.words("ready")
    if query is None:
        return None
    script = parse_script(query)
    if script.fault is not None:
        found.refuse("ready", f"ready is not SQL: {shown(script.fault.message)}")
    elif [each.kind for each in script.statements] != ["SelectStmt"]:
        found.refuse("ready", "ready must be one SELECT", 'write ready: "SELECT count(*) FROM …"')
    return query


def _checked(entry: Entry, faults: Faults) -> Entry | None:
    path = PurePosixPath(entry.path)
    odd = "\\" in entry.path or not entry.path.isprintable() or str(path) != entry.path
    odd = odd or entry.path != entry.path.strip()
    if odd or path.is_absolute() or ".." in path.parts or not path.name:
        faults.hide(phases=False)
        faults.add(
            entry.line,
            f'"{shown(entry.path)}" is no path below the db root',
            "write it relative to the db root, with forward slashes",
        )
        return None
    return entry
