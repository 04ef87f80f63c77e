"""The order in which a folder of schema files can be executed.

A file is written for reading: a table stands before its foreign keys, its grants and comments
beside it. Executed, each statement has to come after what it names. First all that is created,
each statement after the ones that create what it mentions, then what is added to it, kind by kind.
Function bodies are not looked into: replay with ``check_function_bodies`` off.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from harness.render.ddl.names import IDENTIFIER

_TOKEN = re.compile(
    r"""
    (?P<body> \$(?P<tag>\w*)\$ .*? \$(?P=tag)\$ )
    | (?P<text> '(?:[^']|'')*' )
    | (?P<quoted> "(?:[^"]|"")*" )
    | (?P<comment> --[^\n]* )
    | (?P<atomic> \bBEGIN\ ATOMIC\b .*? \bEND(?=;) )
    | (?P<open> \( ) | (?P<close> \) )
    | (?P<end> ; )
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERATOR = r"[-+*/<>=~!@#%^&|`?]+"
_MENTION = re.compile(rf"({IDENTIFIER}\.(?:{IDENTIFIER}|{_OPERATOR}))(\()?")
_CREATED = re.compile(
    rf"CREATE (?:OR REPLACE |UNLOGGED |TRUSTED |DEFAULT )*(?P<kind>(?:[A-Z]+ )+?)"
    rf"(?:IF NOT EXISTS )?(?P<name>{IDENTIFIER}(?:\.(?:{IDENTIFIER}|{_OPERATOR}))?)"
)
_ROUTINES = ("FUNCTION", "PROCEDURE", "AGGREGATE")

# What creates, and what comes first where nothing else decides.
_CREATIONS = (
    "SCHEMA",
    "EXTENSION",
    "ACCESS METHOD",
    "LANGUAGE",
    "FOREIGN DATA WRAPPER",
    "SERVER",
    "COLLATION",
    "TYPE",
    "DOMAIN",
    "CAST",
    "TRANSFORM",
    "OPERATOR FAMILY",
    "OPERATOR",
    "AGGREGATE",
    "OPERATOR CLASS",
    "TEXT SEARCH PARSER",
    "TEXT SEARCH TEMPLATE",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH CONFIGURATION",
    "CONVERSION",
    "FUNCTION",
    "PROCEDURE",
    "SEQUENCE",
    "TABLE",
    "FOREIGN TABLE",
    "VIEW",
    "MATERIALIZED VIEW",
)
# What follows, in this order. A statement that none of these describes comes before them all.
_ADDITIONS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"ALTER TABLE \S+ ATTACH PARTITION",
        r"ALTER .* SET DEFAULT|ALTER .* DROP DEFAULT|ALTER .* SET NOT NULL",
        r"ALTER .*\bADD CONSTRAINT (?!.* FOREIGN KEY )",
        r"CREATE (UNIQUE )?INDEX",
        r"ALTER INDEX \S+ ATTACH PARTITION",
        r"ALTER .*\bADD CONSTRAINT",
        r"CREATE STATISTICS|ALTER STATISTICS|ALTER INDEX|CREATE USER MAPPING",
        r"ALTER SEQUENCE .* OWNED",
        r"CREATE RULE|CREATE (CONSTRAINT )?TRIGGER",
        r"ALTER TRIGGER",
        r"ALTER TABLE (?!ONLY).* (ENABLE|DISABLE) (\w+ )?(TRIGGER|RULE)",
        r"ALTER TABLE ONLY .* (ENABLE|DISABLE) (\w+ )?(TRIGGER|RULE)",
        r"ALTER TABLE .* ROW LEVEL SECURITY|CREATE POLICY",
        r"ALTER .*\b(CLUSTER ON|REPLICA IDENTITY)",
        r"CREATE (PUBLICATION|SUBSCRIPTION)",
        r"ALTER .* OWNER TO",
        r"(GRANT|REVOKE) .* ON SCHEMA",
        r"GRANT|REVOKE|SET SESSION AUTHORIZATION|RESET SESSION AUTHORIZATION",
        r"ALTER DEFAULT PRIVILEGES",
        r"COMMENT|SECURITY LABEL",
    )
)
_LAST = re.compile(r"(?:CREATE|ALTER|COMMENT ON) EVENT TRIGGER|DROP SCHEMA")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    place: int
    text: str
    rank: int
    kind: str
    name: str
    mentions: frozenset[tuple[str, bool]]


def replay_order(files: Mapping[str, str]) -> tuple[str, ...]:
    """Return all statements of the files, in an order in which an empty database takes them."""
    texts = (text for path in sorted(files) for text in split(files[path]))
    statements = [_read(place, text) for place, text in enumerate(texts)]
    creations = [each for each in statements if each.kind]
    additions = [each for each in statements if not each.kind]
    added = sorted(additions, key=_turn)
    return tuple(each.text for each in (*_sorted(creations), *added))


def _turn(addition: _Statement) -> tuple[int, int]:
    """Return when an addition takes its turn: in order, but the indexes of partitions first.

    A partition stands below its table, and CREATE INDEX on the table takes up what it finds there.
    """
    backwards = addition.text.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX"))
    return addition.rank, -addition.place if backwards else addition.place


def split(text: str) -> Iterator[str]:
    """Yield the statements of a schema file, comments between them left out."""
    start = depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if token.lastgroup == "comment" and not text[start : token.start()].strip():
            start = token.end()
        elif token.lastgroup == "end" and depth == 0:
            yield text[start : token.end()].strip()
            start = token.end()


def _read(place: int, text: str) -> _Statement:
    kind, name = _creation(text)
    rank = _CREATIONS.index(kind) if kind else _rank_of_addition(text)
    return _Statement(
        place=place,
        text=text,
        rank=rank,
        kind=kind,
        name=name,
        mentions=frozenset(_mentions(text)),
    )


def _creation(text: str) -> tuple[str, str]:
    if text.startswith(("CREATE CAST", "CREATE TRANSFORM")):
        return text.split()[1], ""
    match = _CREATED.match(text)
    if match is None or match["kind"].strip() not in _CREATIONS:
        return "", ""
    return match["kind"].strip(), match["name"]


def _rank_of_addition(text: str) -> int:
    if _LAST.match(text):  # an event trigger would fire for what follows
        return len(_ADDITIONS) + 1
    return next((at for at, each in enumerate(_ADDITIONS, start=1) if each.match(text)), 0)


def _mentions(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the qualified names outside of bodies, with whether a parenthesis follows at once."""
    for found in _MENTION.finditer(_TOKEN.sub(_without_body, text)):
        yield found[1], found[2] is not None


def _without_body(token: re.Match[str]) -> str:
    if token.lastgroup == "text":  # 't.s'::regclass and its like
        return " " + token.group()[1:-1] + " "
    return " " if token.lastgroup == "tag" or token.group().startswith("$") else token.group()


def _sorted(statements: Iterable[_Statement]) -> Iterator[_Statement]:
    """Sort topologically; where a circle remains, the one that ranks first breaks it."""
    waiting = {each.place: each for each in statements}
    needs = _needs(waiting.values())
    wanted_by: dict[int, set[int]] = {}
    for place, needed in needs.items():
        for each in needed:
            wanted_by.setdefault(each, set()).add(place)
    ready = [(each.rank, place) for place, each in waiting.items() if not needs[place]]
    heapq.heapify(ready)
    while waiting:
        if not ready:
            ready = [min((each.rank, place) for place, each in waiting.items())]
        _, place = heapq.heappop(ready)
        if place not in waiting:
            continue
        yield waiting.pop(place)
        for other in wanted_by.get(place, ()):
            needs[other].discard(place)
            if not needs[other] and other in waiting:
                heapq.heappush(ready, (waiting[other].rank, other))


def _needs(statements: Iterable[_Statement]) -> dict[int, set[int]]:
    statements = tuple(statements)
    makers: dict[str, list[_Statement]] = {}
    for each in statements:
        if each.name:
            makers.setdefault(each.name, []).append(each)
    return {
        each.place: {maker.place for maker in _makers(each, makers)} - {each.place}
        for each in statements
    }


def _makers(statement: _Statement, makers: Mapping[str, list[_Statement]]) -> Iterator[_Statement]:
    for name, called in statement.mentions:
        found = [each for each in makers.get(name, ()) if each.name != statement.name]
        routines = [each for each in found if each.kind in _ROUTINES]
        others = [each for each in found if each.kind not in _ROUTINES]
        for maker in (routines or others) if called else (others or routines):
            if not _mentions_back(maker, statement):
                yield maker
    if statement.kind == "TYPE":
        # A base type is told twice, first as a shell for its functions to name.
        for maker in makers.get(statement.name, ()):
            if maker.place < statement.place:
                yield maker


def _mentions_back(maker: _Statement, statement: _Statement) -> bool:
    """Tell whether a definition needs what mentions it: a base type and its functions."""
    return maker.kind == "TYPE" and any(name == statement.name for name, _ in maker.mentions)
