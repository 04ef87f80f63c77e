"""Our own manifest with mistakes: faults on lines that exist; `new` does all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.plan import LOCK, MANIFEST, ChangeType, Scaffold, new_migration, read_plan
from harness.plan.lock import read_lock
from harness.plan.manifest import read_manifest
from harness.plan.shape import Faults

REAL = (Path(__file__).parents[2] / "backend/db" / MANIFEST).read_text(encoding="utf-8")
SMALL = """\
version: 1  # the only one
convention:
  schema_per_domain: true
prerequisites: {roles: [a_app], app_roles: [a_app]}
phases:
  - id: phase-100-mvp
    order: 100
    status: released
    domains: [core]
    migrations:
      - migrations/phase-100-mvp/core/V100001__core__expand__a.sql
  - id: phase-200-next  # open
    order: 200
    release: "1.1"
    domains:
      - core
      - daily
    migrations:
      # the first
      - path: migrations/phase-200-next/core/V200001__core__contract__b.sql
        after: [V100001]
        ready: >-
          SELECT count(*) FROM a
          WHERE b IS NULL
        loses: [a.b]  # gone

      - "migrations/phase-200-next/core/V200002__core__expand__c.sql"
    seeds: []
"""
FRAGMENTS = st.sampled_from(
    [
        *(
            "",
            " ",
            "  ",
            "\t",
            "\n",
            "\r\n",
            "\n\n",
            "- ",
            "? ",
            ": ",
            ":",
            ",",
            "[",
            "]",
            "{",
            "}",
        ),
        *("~", "null", "true", "5", "-5", "1.5", "0x10", "1:30", "2020-01-01", ".inf", "'", '"'),
        *("&a ", "*a", "<<: *a", "!!str ", "!!python/name:os.system ", "!x ", "|", ">-", "#", "%"),
        *("---\n", "...\n", "\ufeff", "\x00", "\x07", "\x85", "\u2028", "\u202e", "😀", "é", "\\"),
        *(
            "id: x",
            "order: 100",
            "phases:",
            "migrations:",
            "status: released",
            "- migrations/x.sql",
        ),
        *("../", "/etc", "V100001", "core", "[[[[", "{{{{", "- - - -", "[" * 60, "9" * 400),
    ]
)
Edit = Callable[[str], str]


def at(text: str, place: float) -> int:
    return int(place * len(text))


def inserted(place: float, piece: str) -> Edit:
    return lambda text: text[: at(text, place)] + piece + text[at(text, place) :]


def cut(place: float, length: int) -> Edit:
    return lambda text: text[: at(text, place)] + text[at(text, place) + length :]


def line_changed(place: float, change: Callable[[str], str]) -> Edit:
    def edit(text: str) -> str:
        lines = text.splitlines(keepends=True) or [""]
        number = min(int(place * len(lines)), len(lines) - 1)
        return "".join([*lines[:number], change(lines[number]), *lines[number + 1 :]])

    return edit


def value_changed(place: float, piece: str) -> Edit:
    def change(line: str) -> str:
        head, mark, _ = line.partition(": " if ": " in line else "- ")
        return f"{head}{mark}{piece}\n"

    return line_changed(place, change)


def moved(place: float, other: float) -> Edit:
    def edit(text: str) -> str:
        lines = text.splitlines(keepends=True) or [""]
        line = lines.pop(min(int(place * len(lines)), len(lines) - 1))
        lines.insert(int(other * len(lines)), line)
        return "".join(lines)

    return edit


PLACES = st.floats(0, 1, exclude_max=True)
EDITS = st.one_of(
    st.builds(inserted, PLACES, FRAGMENTS),
    st.builds(cut, PLACES, st.integers(1, 40)),
    st.builds(value_changed, PLACES, FRAGMENTS),
    st.builds(moved, PLACES, PLACES),
    st.builds(line_changed, PLACES, st.sampled_from([lambda line: line * 2, lambda _: ""])),
    st.builds(
        line_changed,
        PLACES,
        st.sampled_from([lambda line: f"  {line}", str.lstrip, str.upper, lambda line: line[1:]]),
    ),
)


def broken(text: str, edits: list[Edit]) -> str:
    for edit in edits:
        text = edit(text)
    return text


@settings(max_examples=40, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_our_manifest_with_mistakes_is_read_to_its_end(edits: list[Edit]) -> None:
    text = broken(REAL, edits)
    faults = Faults("m.yaml")
    manifest = read_manifest(text, faults)
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + 1
    for each in faults.found:
        assert 1 <= each.line <= lines
        assert each.message.isprintable()
        assert len(each.message) < 400
    assert len(faults.found) <= 12
    assert faults.found or manifest.phases


def files_below(root: Path) -> dict[str, bytes]:
    found = (each for each in root.rglob("*") if each.is_file())
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in found}


@settings(max_examples=70, deadline=None)
@given(
    st.lists(EDITS, max_size=3),
    st.sampled_from(["phase-100-mvp", "phase-200-next"]),
    st.sampled_from(ChangeType),
    st.sampled_from(["a few words", "é", "_", "x" * 170, "", "SELECT 1; --"]),
    st.sampled_from([(), ("V100001",), ("V200002",), ("V1", "V1")]),
)
def test_new_writes_an_entry_and_nothing_else_or_nothing(
    edits: list[Edit], phase: str, kind: ChangeType, slug: str, after: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        text = broken(SMALL, edits)
        (root / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
        before, known = files_below(root), read_plan(root, repository=root)
        made: Scaffold | None = None
        with suppress(UsageError):
            made = new_migration(
                root, phase=phase, domain="core", change_type=kind, slug=slug, after=after
            )
        if made is None:
            assert files_below(root) == before
            return
        written = files_below(root)
        assert len(written) == len(before) + 2
        rest = iter(written[MANIFEST])
        assert all(each in rest for each in before[MANIFEST].replace(b"[]", b""))
        plan, faults = read_plan(root, repository=root)
        assert plan.migration(made.version).path == made.forward
        new = {each.rule for each in set(faults) - set(known[1])}
        assert new <= {"empty-file", "contract-undeclared", "manifest-missing-file"}, new


@settings(max_examples=40, deadline=None)
@given(st.lists(EDITS, max_size=4), st.lists(EDITS, max_size=4))
def test_a_lock_with_mistakes_is_compared(edits: list[Edit], more: list[Edit]) -> None:
    sums = "".join(
        f"{number:064x}  1.{number}  migrations/a/V{number}.sql\n" for number in range(4)
    )
    text = broken(f"# a lock\n<<<<<<< HEAD\n{sums}=======\n{sums}>>>>>>> b\n", edits)
    read = read_lock(text)
    numbers = [*(each.line for each in read.entries), *read.no_entries, read.conflict or 1]
    assert all(1 <= each <= len(text.splitlines()) + 1 for each in numbers)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / MANIFEST).write_bytes(broken(SMALL, more).encode("utf-8", "surrogatepass"))
        (root / LOCK).write_bytes(text.encode("utf-8", "surrogatepass"))
        for each in read_plan(root, repository=root)[1]:
            assert each.line >= 1
            assert (each.file + each.message).isprintable()
