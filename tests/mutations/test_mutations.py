"""Mutate the real tree, one mistake at a time: the expected rule says so, and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from harness.checks.finding import Finding
from harness.checks.subjects import PlanRead
from tests.mutations.all_mutations import MUTATIONS
from tests.mutations.conftest import Rehearsing
from tests.mutations.copied import CopiedTree
from tests.mutations.judging import by_run, by_text, is_of_run
from tests.mutations.mutation import Mutation

BY_TEXT = [each for each in MUTATIONS if not is_of_run(each)]
BY_RUN = [each for each in MUTATIONS if is_of_run(each)]


def told(found: Iterable[Finding]) -> str:
    """Write findings a line each, for a failure to show."""
    return "\n".join(
        f"{each.file}:{each.line}: {each.severity.value}[{each.rule}] {each.object}: {each.message}"
        for each in found
    )


def assert_caught(
    tree: CopiedTree, read: PlanRead, mutation: Mutation, found: tuple[Finding, ...]
) -> None:
    file = tree.name_of(mutation.reported_in)
    hits = [
        each
        for each in found
        if (each.rule, each.file) == (mutation.rule, file)
        and (each.object or "").startswith(mutation.object)
    ]
    assert hits, f"{mutation.rule} does not name {mutation.object} in {file}:\n{told(found)}"
    if mutation.line:
        assert line_of(read, file, mutation.line) in {each.line for each in hits}, told(hits)
    causes = {each.rule for each in found if each.is_cause}
    assert causes <= {mutation.rule, *mutation.also}, f"more is said:\n{told(found)}"
    silent = mutation.also.keys() - {each.rule for each in found}
    assert not silent, f"{silent} need no reason any more"


def line_of(read: PlanRead, file: str, text: str) -> int:
    """Find the line of a text that stands once in a file of the mutated tree."""
    content = (read.plan.repository / file).read_text(encoding="utf-8")
    assert content.count(text) == 1, f"{text!r} stands {content.count(text)} times in {file}"
    return content.count("\n", 0, content.index(text)) + 1


def test_there_are_at_least_sixty_and_no_name_twice() -> None:
    assert len(MUTATIONS) >= 60
    assert max(Counter(each.name for each in MUTATIONS).values()) == 1


def test_the_tree_itself_has_no_fault(tree: CopiedTree) -> None:
    assert not tree.original.faults


@pytest.mark.parametrize("file", ["V100004", "R200027", "S100001"])
def test_one_file_read_again_is_as_good_as_the_whole_tree(tree: CopiedTree, file: str) -> None:
    mutation = Mutation(
        name="a comment", rule="", file=file, edit=lambda text: f"{text}-- mais uma linha\n"
    )
    with tree.mutated(mutation) as read:
        assert read == CopiedTree.read(tree.root)


@pytest.mark.parametrize("mutation", BY_TEXT, ids=lambda each: each.name)
def test_mutation_is_caught_by_its_text(mutation: Mutation, tree: CopiedTree) -> None:
    with tree.mutated(mutation) as read:
        assert_caught(tree, read, mutation, by_text(read, mutation))


@pytest.mark.parametrize("mutation", BY_RUN, ids=lambda each: each.name)
def test_mutation_is_caught_by_running_it(
    mutation: Mutation, tree: CopiedTree, rehearsing: Rehearsing
) -> None:
    with tree.mutated(mutation) as read, rehearsing(read, mutation) as rehearsal:
        found = (*by_text(read, mutation), *by_run(rehearsal, mutation))
        assert_caught(tree, read, mutation, found)
