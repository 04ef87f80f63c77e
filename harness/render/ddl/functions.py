"""Functions, procedures and aggregates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from harness.catalog import Catalog, CatalogObject
from harness.render.ddl.names import IDENTIFIER, literal, name_of, plain
from harness.render.ddl.target import aftermath, extension_dependency, phrase

# Their value is a list of names, each of which has to be quoted on its own.
_LISTS = frozenset({"search_path", "temp_tablespaces", "local_preload_libraries"})
_PLAIN_SETTING = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*")
_MODIFIES = {"r": "READ_ONLY", "s": "SHAREABLE", "w": "READ_WRITE"}


def routine(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield a function or procedure and what belongs to it."""
    facts = item.facts
    lines = [f"CREATE {item.identity.kind.upper()} {name_of(item)}({facts['arguments']})"]
    if "returns" in facts and item.identity.kind == "function":
        lines.append(f"    RETURNS {facts['returns']}")
    lines.append(f"    {_manner(facts)}")
    lines += [f"    SET {_setting(line)}" for line in facts.get("settings", "").splitlines()]
    lines.append(_body(facts))
    yield "\n".join(lines) + ";"
    yield from extension_dependency(item, f"{item.identity.kind.upper()} {item.identity.name}")
    yield from aftermath(catalog, item)


def aggregate(catalog: Catalog, item: CatalogObject) -> Iterator[str]:
    """Yield an aggregate and what belongs to it."""
    options = ",\n    ".join(_aggregate_options(item.facts))
    yield f"CREATE {phrase(item)} (\n    {options}\n);"
    yield from aftermath(catalog, item)


def _manner(facts: Mapping[str, str]) -> str:
    words = [f"LANGUAGE {facts['language']}"]
    if "transforms" in facts:
        types = facts["transforms"].split(", ")
        words.append("TRANSFORM " + ", ".join(f"FOR TYPE {each}" for each in types))
    if "window" in facts:
        words.append("WINDOW")
    if facts.get("volatility", "volatile") != "volatile":
        words.append(facts["volatility"].upper())
    if "strict" in facts:
        words.append("STRICT")
    if facts["security"] == "definer":
        words.append("SECURITY DEFINER")
    if "leakproof" in facts:
        words.append("LEAKPROOF")
    if facts.get("parallel", "unsafe") != "unsafe":
        words.append(f"PARALLEL {facts['parallel'].upper()}")
    words += [
        f"{each.upper()} {facts[each]}" for each in ("cost", "rows", "support") if each in facts
    ]
    return " ".join(words)


def _setting(line: str) -> str:
    name, _, value = line.partition("=")
    shown = name if _PLAIN_SETTING.fullmatch(name) else f'"{name}"'
    if name in _LISTS:
        parts = re.findall(rf'{IDENTIFIER}|""', value)
        return f"{shown} TO " + ", ".join(literal(plain(part)) for part in parts)
    return f"{shown} TO {literal(value)}"


def _body(facts: Mapping[str, str]) -> str:
    if "sql body" in facts:
        return facts["sql body"]
    if "library" in facts:
        return f"AS {literal(facts['library'])}, {literal(facts['body'])}"
    tag = "$function$" if "returns" in facts else "$procedure$"
    while tag[:-1] in facts["body"]:
        tag = tag[:-1] + "_$"
    return f"AS {tag}{facts['body']}{tag}"


def _aggregate_options(facts: Mapping[str, str]) -> Iterator[str]:
    for option, fact in (
        ("SFUNC", "state function"),
        ("STYPE", "state type"),
        ("SSPACE", "state size"),
        ("FINALFUNC", "final function"),
        ("COMBINEFUNC", "combine function"),
        ("SERIALFUNC", "serial function"),
        ("DESERIALFUNC", "deserial function"),
        ("MSFUNC", "moving state function"),
        ("MINVFUNC", "moving inverse function"),
        ("MSTYPE", "moving state type"),
        ("MSSPACE", "moving state size"),
        ("MFINALFUNC", "moving final function"),
    ):
        if fact in facts:
            yield f"{option} = {facts[fact]}"
    for option, fact in (("INITCOND", "initial value"), ("MINITCOND", "moving initial value")):
        if fact in facts:
            yield f"{option} = {literal(facts[fact])}"
    for prefix, fact in (("", "final function"), ("M", "moving final function")):
        if f"{fact} extra" in facts:
            yield f"{prefix}FINALFUNC_EXTRA"
        if f"{fact} modifies" in facts:
            yield f"{prefix}FINALFUNC_MODIFY = {_MODIFIES[facts[f'{fact} modifies']]}"
    if "sort operator" in facts:
        yield f"SORTOP = {_operator(facts['sort operator'])}"
    if facts["parallel"] != "unsafe":
        yield f"PARALLEL = {facts['parallel'].upper()}"
    if facts.get("form") == "hypothetical-set":
        yield "HYPOTHETICAL"


def _operator(signature: str) -> str:
    """Write an operator without its operand types."""
    name = signature[: signature.rindex("(")]
    return f"OPERATOR({name})" if "." in name else f"OPERATOR(pg_catalog.{name})"
