"""Names without a schema: what they mean depends on the session's search_path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.sql.tree import Node, Root, walk

# The base and pseudo-types of pg_catalog that people write; it is always on the search_path.
_BUILT_IN_TYPES = frozenset(
    """
    aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange
    anycompatiblenonarray anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange
    bigserial bool box bpchar bytea char cid cidr circle cstring date datemultirange daterange
    event_trigger fdw_handler float4 float8 gtsvector index_am_handler inet int2 int2vector int4
    int4multirange int4range int8 int8multirange int8range internal interval json jsonb jsonpath
    language_handler line lseg macaddr macaddr8 money name numeric nummultirange numrange oid
    oidvector path point polygon record refcursor regclass regcollation regconfig regdictionary
    regnamespace regoper regoperator regproc regprocedure regrole regtype serial serial2 serial4
    serial8 smallserial table_am_handler text tid time timestamp timestamptz timetz trigger
    tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot
    unknown uuid varbit varchar void xid xid8 xml bit
    """.split()  # noqa: SIM905 - a page of words, not of quotes
)
# Objects that live in no schema, or in that of the table that is named before them.
_NOT_IN_SCHEMA = frozenset(
    {
        "OBJECT_ACCESS_METHOD",
        "OBJECT_CAST",
        "OBJECT_DATABASE",
        "OBJECT_DOMCONSTRAINT",
        "OBJECT_EVENT_TRIGGER",
        "OBJECT_EXTENSION",
        "OBJECT_FDW",
        "OBJECT_FOREIGN_SERVER",
        "OBJECT_LANGUAGE",
        "OBJECT_LARGEOBJECT",
        "OBJECT_PUBLICATION",
        "OBJECT_ROLE",
        "OBJECT_SCHEMA",
        "OBJECT_SUBSCRIPTION",
        "OBJECT_TABLESPACE",
        "OBJECT_TRANSFORM",
    }
)
_OF_TABLE = frozenset(
    {"OBJECT_COLUMN", "OBJECT_POLICY", "OBJECT_RULE", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER"}
)
_OWN_NAME = ("funcname", "typeName", "domainname", "defnames", "opclassname", "opfamilyname")
_TYPES = frozenset({"TypeName", "typeName", "argType", "returnType"})
_DEFINED = frozenset({"OBJECT_OPERATOR"})
# Options whose value is a type: of a sequence and of a range.
_OF_TYPE = frozenset({"as", "subtype"})
_HOLD_OTHERS = frozenset({"DefElem", "LockingClause"})


@dataclass(frozen=True, slots=True)
class BareName:
    """A name without a schema; ``offset`` is a byte of the statement, -1 where it is unknown."""

    name: str
    offset: int


def bare_names(root: Root) -> tuple[BareName, ...]:
    """Return the tables, types and other objects that a statement names without their schema.

    Names of its own WITH queries, of pg_catalog, and of what lives in no schema are not among
    them. Functions in expressions are not either: the text cannot tell them from built-in ones.
    """
    found = {each.name: each for each in reversed(tuple(_bare(root)))}
    return tuple(sorted(found.values(), key=lambda each: (each.offset, each.name)))


def _bare(root: Root) -> Iterator[BareName]:
    nodes = tuple(walk({root.kind: root.node}))
    own = {node["ctename"] for _, node in nodes if "ctename" in node}
    others = {id(each) for kind, node in nodes if kind in _HOLD_OTHERS for each in _no_names(node)}
    for kind, node in nodes:
        if id(node) in others:
            continue
        if "relname" in node:
            yield from _relation(node, own)
        elif kind in _TYPES and "names" in node:
            yield from _type(node)
    yield from _named(root)


def _no_names(node: Node) -> Iterator[Node]:
    """Yield what looks like a name and is none: an option's word, an alias in FOR UPDATE OF."""
    if node.get("defname", "as") not in _OF_TYPE:
        yield node.get("arg", {}).get("TypeName", {})
    for each in node.get("lockedRels", ()):
        yield each["RangeVar"]


def _relation(node: Node, own: set[str]) -> Iterator[BareName]:
    name = str(node["relname"])
    is_bare = "schemaname" not in node and node.get("relpersistence") != "t"
    if is_bare and name not in own and not name.startswith("pg_"):
        yield BareName(name, node.get("location", 0))


def _type(node: Node) -> Iterator[BareName]:
    names = _strings(node["names"])
    known = names[0] in _BUILT_IN_TYPES or names[0].startswith("pg_")
    if len(names) == 1 and not known:
        yield BareName(names[0], node.get("location", 0))


def _named(root: Root) -> Iterator[BareName]:
    """Yield what the statement creates, changes, drops or comments on."""
    node = root.node
    if root.kind == "CallStmt":  # no procedure is built in
        yield from _single(_strings(node["funccall"]["funcname"]))
    for key in _OWN_NAME:
        value = node.get(key)
        if isinstance(value, list) and node.get("kind") not in _DEFINED:
            yield from _single(_strings(value))
    kind = _object_kind(node)
    if kind in _NOT_IN_SCHEMA:
        return
    objects = [*node.get("objects", ()), *([node["object"]] if "object" in node else ())]
    for each in objects:
        if "ObjectWithArgs" in each:
            yield from _single(_strings(each["ObjectWithArgs"]["objname"]))
        elif "List" in each:
            names = _strings(each["List"].get("items", []))
            yield from _single(names[:-1] if kind in _OF_TABLE else names)


def _object_kind(node: Node) -> str:
    keys = ("removeType", "objtype", "objectType", "renameType")
    return next((str(node[key]) for key in keys if key in node), "")


def _single(names: list[str]) -> Iterator[BareName]:
    if len(names) == 1:
        yield BareName(names[0], -1)


def _strings(nodes: list[Node]) -> list[str]:
    return [str(each["String"].get("sval", "")) for each in nodes if "String" in each]
