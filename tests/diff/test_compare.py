"""What is missing, left over and changed between two catalogs, by name and attribute, in words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.catalog.model import Catalog, CatalogObject, Identity
from harness.checks import words
from harness.diff import AttributeChange, Delta, compare, roots

TABLE = Identity(kind="table", name="core.notes")


def thing(kind: str, name: str, parent: Identity | None = None, **facts: str) -> CatalogObject:
    return CatalogObject(
        identity=Identity(kind=kind, name=name),
        parent=parent,
        attributes=tuple(sorted((key.replace("_", " "), value) for key, value in facts.items())),
    )


def catalog(*objects: CatalogObject) -> Catalog:
    return Catalog(objects=objects)


NOTES = thing("table", "core.notes", row_security="enabled", owner="app")
BODY = thing("column", "core.notes.body", TABLE, position="2", type="text")
POLICY = thing("policy", "core.notes.own", TABLE, using="true")


def test_equal_catalogs_do_not_differ() -> None:
    delta = compare(catalog(NOTES, BODY), catalog(BODY, NOTES))
    assert not delta
    assert delta == Delta()


def test_an_object_is_left_over_or_missing() -> None:
    assert compare(catalog(NOTES), catalog(NOTES, POLICY)) == Delta(added=(POLICY,))
    assert compare(catalog(NOTES, POLICY), catalog(NOTES)) == Delta(removed=(POLICY,))


def test_an_attribute_changes_appears_and_disappears() -> None:
    after = thing("table", "core.notes", owner="admin", comment="Anotações.")
    changed = compare(catalog(NOTES), catalog(after)).changed
    assert [(each.attribute, each.before, each.after) for each in changed] == [
        ("comment", None, "Anotações."),
        ("owner", "app", "admin"),
        ("row security", "enabled", None),
    ]
    assert [str(each) for each in changed] == [
        "table core.notes has comment `Anotações.`, had none",
        "table core.notes: owner was `app`, is `admin`",
        "table core.notes lost its row security `enabled`",
    ]


def test_a_changed_kind_is_another_object() -> None:
    delta = compare(catalog(thing("view", "core.v")), catalog(thing("table", "core.v")))
    assert [str(each.identity) for each in (*delta.removed, *delta.added)] == [
        "view core.v",
        "table core.v",
    ]


def test_the_order_of_columns_is_told_apart() -> None:
    moved = thing("column", "core.notes.body", TABLE, position="3", type="text")
    delta = compare(catalog(NOTES, BODY), catalog(NOTES, moved))
    assert delta
    assert not delta.without_column_order
    assert [str(each) for each in delta.column_order] == [
        "column core.notes.body: position was `2`, is `3`"
    ]


def test_a_position_of_anything_else_is_no_order_of_columns() -> None:
    change = AttributeChange(identity=TABLE, attribute="position", before="1", after="2")
    assert not change.is_column_order


def test_a_column_that_moved_and_changed_is_a_real_difference() -> None:
    moved = thing("column", "core.notes.body", TABLE, position="3", type="varchar")
    real = compare(catalog(BODY), catalog(moved)).without_column_order
    assert [each.attribute for each in real.changed] == ["type"]


def test_one_grant_among_several_is_told_alone() -> None:
    before = thing("table", "core.notes", grants="app: ALL\nreader: SELECT")
    after = thing("table", "core.notes", grants="app: ALL\nreader: INSERT, SELECT\nweb: SELECT")
    (change,) = compare(catalog(before), catalog(after)).changed
    assert str(change) == (
        "table core.notes: grants was `reader: SELECT`, is `reader: INSERT, SELECT / web: SELECT`"
    )


def test_lines_in_another_order_are_told_whole() -> None:
    before = thing("view", "core.v", definition="a\nb")
    after = thing("view", "core.v", definition="b\na")
    (change,) = compare(catalog(before), catalog(after)).changed
    assert str(change) == "view core.v: definition was `a / b`, is `b / a`"


def test_what_came_with_its_parent_is_not_told_by_itself() -> None:
    delta = compare(catalog(), catalog(NOTES, BODY, POLICY))
    assert roots(delta.added) == (NOTES,)
    assert words.differences(delta) == (("table core.notes", "table core.notes is left over"),)


def test_what_came_to_a_parent_that_was_there_is_told() -> None:
    delta = compare(catalog(NOTES), catalog(NOTES, POLICY))
    assert words.differences(delta) == (
        ("policy core.notes.own", "policy own on table core.notes is left over"),
    )


def test_a_column_is_named_with_its_table() -> None:
    assert words.belonging(BODY) == "column core.notes.body"


def test_many_differences_are_counted_not_listed() -> None:
    assert words.listed(f"{number} is missing" for number in range(8)) == (
        "0 is missing; 1 is missing; 2 is missing; 3 is missing; 4 is missing; 5 is missing;"
        " and 2 more"
    )


NAMES = st.sampled_from(["a", "b", "c", "d"])
OBJECTS = st.builds(
    lambda kind, name, facts: thing(kind, name, **facts),
    st.sampled_from(["table", "view"]),
    NAMES,
    st.dictionaries(NAMES, NAMES, max_size=3),
)
CATALOGS = st.lists(OBJECTS, max_size=6, unique_by=lambda each: each.identity).map(
    lambda objects: catalog(*objects)
)


@settings(max_examples=50, deadline=None)
@given(CATALOGS, CATALOGS)
def test_a_comparison_is_empty_exactly_for_equal_catalogs_and_turns_around(
    one: Catalog, other: Catalog
) -> None:
    there, back = compare(one, other), compare(other, one)
    assert bool(there) == (one != other)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert [(each.after, each.before) for each in there.changed] == [
        (each.before, each.after) for each in back.changed
    ]


@settings(max_examples=50, deadline=None)
@given(CATALOGS, CATALOGS)
def test_before_and_the_difference_give_after(one: Catalog, other: Catalog) -> None:
    delta = compare(one, other)
    gone = {each.identity for each in delta.removed}
    facts = {each.identity: dict(each.facts) for each in one.objects if each.identity not in gone}
    facts |= {each.identity: dict(each.facts) for each in delta.added}
    for change in delta.changed:
        facts[change.identity].pop(change.attribute, None)
        if change.after is not None:
            facts[change.identity][change.attribute] = change.after
    assert facts == {each.identity: dict(each.facts) for each in other.objects}
