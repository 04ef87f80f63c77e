"""Every wrong type in every position of a manifest: one finding of the whole tree, on its line.

The tree below is sound: a released phase that is locked, and a contract that completes it. So
whatever else is said beside the wrong value would be a consequence of it, and nobody's mistake.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from harness.plan import MANIFEST, Fault, read_plan, write_lock

EXPAND = "migrations/phase-100-mvp/core/V100001__core__expand__a.sql"
CONTRACT = "migrations/phase-200-next/core/V200001__core__contract__b.sql"
SEED = "seeds/phase-100-mvp/S100001__core__a.sql"
GOOD: dict[str, Any] = {
    "version": 1,
    "project": "sample",
    "strategy": "sql-first",
    "convention": {
        "pattern": "V{phase}{seq}__{domain}__{change_type}__{slug}.sql",
        "rollback_pattern": "R{phase}{seq}__{domain}__{change_type}__{slug}.sql",
        "change_type": ["expand", "contract"],
        "schema_per_domain": True,
    },
    "prerequisites": {
        "postgres": 16,
        "owner": "sample_owner",
        "roles": ["sample_app"],
        "app_roles": ["sample_app"],
    },
    "phases": [
        {
            "id": "phase-100-mvp",
            "order": 100,
            "release": "1.0",
            "status": "released",
            "domains": ["core"],
            "migrations": [EXPAND],
            "seeds": [SEED],
        },
        {
            "id": "phase-200-next",
            "order": 200,
            "release": "1.1",
            "status": "open",
            "domains": ["core", "daily"],
            "migrations": [
                {
                    "path": CONTRACT,
                    "after": ["V100001"],
                    "ready": "SELECT count(*) FROM a",
                    "loses": ["a.b"],
                },
            ],
        },
    ],
}
FORMS = {
    "null": "~",
    "number": "5",
    "negative number": "-3",
    "huge number": "1" + "0" * 40,
    "hexadecimal": "0x10",
    "sexagesimal": "1:30",
    "fraction": "1.5",
    "not a number": ".nan",
    "flag": "true",
    "date": "2020-01-01",
    "moment": "2020-01-01 10:00:00",
    "word": "zz",
    "number in quotes": "'5'",
    "empty string": "''",
    "blanks": "'  '",
    "blank at the end": "'zz '",
    "two lines": '"zz\\nzz"',
    "unseen character": '"z\\u200fz"',
    "empty list": "[]",
    "list of a word": "[zz]",
    "list of nothing": "[~]",
    "list of a number": "[5]",
    "list of lists": "[[zz]]",
    "list of an empty string": "['']",
    "empty mapping": "{}",
    "mapping": "{zz: 1}",
    "mapping of a mapping": "{zz: {zz: {zz: 1}}}",
    "mapping with odd keys": "{[zz]: 1}",
    "set": "!!set {zz}",
    "ordered pairs": "!!omap [zz: 1]",
    "bytes": "!!binary aGk=",
    "python object": "!!python/object/apply:os.system [zz]",
    "python name": "!!python/name:os.system zz",
    "tag of its own": "!zz zz",
    "list of its own": "!zz [zz]",
    "mapping of its own": "!zz {zz: 1}",
    "time bomb of digits": "9" * 5_000,
}
EMPTY = {"null", "empty list"}
A_LIST = EMPTY | {"list of a word"}
TAKEN: dict[str, set[str]] = {
    "project": {"word", "number in quotes"},
    "convention": {"null", "empty mapping"},
    "change_type": EMPTY,
    "schema_per_domain": {"flag"},
    "prerequisites": {"null", "empty mapping"},
    "postgres": {"number"},
    "owner": {"word", "number in quotes"},
    "roles": A_LIST,
    "app_roles": A_LIST,
    "phases": EMPTY,
    "id": {"word", "number in quotes"},
    "release": {"word", "number in quotes"},
    "domains": A_LIST,
    "migrations": A_LIST,
    "seeds": A_LIST,
    "after": A_LIST,
    "loses": A_LIST,
    "path": {"word", "number in quotes"},
}
"""The forms that a position takes: layout and contracts may be wrong with them, the form is not."""
ENTRIES_TAKE = {"word", "number in quotes"}
NO_ENTRY_TAKES = {"phases", "change_type"}

Place = tuple[Any, ...]


def places(value: object, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    pairs: list[tuple[Any, Any]] = list(value.items()) if isinstance(value, dict) else []
    pairs += enumerate(value) if isinstance(value, list) else []
    for key, each in pairs:
        yield from places(each, (*place, key))


def holder_of(document: Any, place: Place) -> Any:
    for key in place[:-1]:
        document = document[key]
    return document


def text_with(place: Place, form: str) -> tuple[str, int]:
    """Return the manifest with a form in a place, and its line."""
    document = copy.deepcopy(GOOD)
    holder_of(document, place)[place[-1]] = "@@@"
    lines = yaml.safe_dump(document, sort_keys=False, width=10_000).splitlines()
    line = next(n for n, each in enumerate(lines) if "@@@" in each)
    lines[line] = lines[line].replace("'@@@'", form)
    return "\n".join(lines) + "\n", line + 1


def is_taken(place: Place, name: str) -> bool:
    if not isinstance(place[-1], int):
        return name in TAKEN.get(place[-1], set())
    if place[-2] == "domains" and name == "number in quotes":
        return False  # no file name can bear it
    return place[-2] not in NO_ENTRY_TAKES and name in ENTRIES_TAKE


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Fault]]:
    root = tmp_path_factory.mktemp("db")
    mirrors = [
        f"rollback/{each.partition('/')[2]}".replace("/V", "/R") for each in (EXPAND, CONTRACT)
    ]
    for each in (EXPAND, CONTRACT, SEED, *mirrors):
        (root / each).parent.mkdir(parents=True, exist_ok=True)
        (root / each).write_text("SELECT 1;\n")

    def faults_of(text: str) -> list[Fault]:
        (root / MANIFEST).write_text(text, encoding="utf-8")
        return list(read_plan(root, repository=root)[1])

    faults_of(yaml.safe_dump(GOOD))
    write_lock(read_plan(root)[0])
    assert faults_of(yaml.safe_dump(GOOD, sort_keys=False)) == []
    return faults_of


Judge = Callable[[str], list[Fault]]
PLACES = list(places(GOOD))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_a_wrong_type_is_one_finding_of_the_whole_tree(place: Place, judge: Judge) -> None:
    for name, form in FORMS.items():
        text, line = text_with(place, form)
        found = judge(text)
        if is_taken(place, name):
            assert all(each.rule != "manifest-invalid" for each in found), (name, found)
        else:
            told = [(each.rule, each.file, each.line) for each in found]
            assert told == [("manifest-invalid", MANIFEST, line)], (name, found)
            assert len(found[0].message) < 250
            assert found[0].message.isprintable()


def renamed(place: Place, key: str) -> tuple[str, int]:
    document = copy.deepcopy(GOOD)
    holder = holder_of(document, place)
    items = [(key if name == place[-1] else name, value) for name, value in holder.items()]
    holder.clear()
    holder.update(items)
    text = yaml.safe_dump(document, sort_keys=False, width=10_000)
    return text, next(n for n, each in enumerate(text.splitlines(), 1) if f"{key}:" in each)


KEYS = [place for place in PLACES if not isinstance(place[-1], int)]


@pytest.mark.parametrize("place", KEYS, ids=lambda place: ".".join(map(str, place)))
def test_a_misspelt_key_is_one_finding_of_the_whole_tree(place: Place, judge: Judge) -> None:
    wrong = f"{place[-1]}x"
    text, line = renamed(place, wrong)
    (found,) = judge(text)
    assert (found.rule, found.line) == ("manifest-invalid", line)
    assert found.fix == f'write "{place[-1]}"'


@pytest.mark.parametrize("place", KEYS, ids=lambda place: ".".join(map(str, place)))
def test_a_key_that_stands_twice_is_one_finding_of_the_whole_tree(
    place: Place, judge: Judge
) -> None:
    document = copy.deepcopy(GOOD)
    holder = holder_of(document, place)
    holder["@@@"] = 1
    lines = yaml.safe_dump(document, sort_keys=False, width=10_000).splitlines()
    line = next(n for n, each in enumerate(lines) if "'@@@'" in each)
    lines[line] = lines[line].replace("'@@@': 1", f"{place[-1]}: {{zz: 1}}")
    (found,) = judge("\n".join(lines))
    assert (found.rule, found.line) == ("manifest-invalid", line + 1)
    assert "stands twice" in found.message


MAPPINGS = sorted({place[:-1] for place in KEYS}, key=str)


@pytest.mark.parametrize("key", ["zz", "5", "~", "true", "2020-01-01", "'z z'", '"z\\nz"', "[zz]"])
@pytest.mark.parametrize("place", MAPPINGS, ids=lambda place: ".".join(map(str, place)) or "top")
def test_an_unknown_key_is_one_finding_of_the_whole_tree(
    place: Place, key: str, judge: Judge
) -> None:
    document = copy.deepcopy(GOOD)
    holder_of(document, (*place, ""))["@@@"] = 1
    lines = yaml.safe_dump(document, sort_keys=False, width=10_000).splitlines()
    line = next(n for n, each in enumerate(lines) if "'@@@'" in each)
    lines[line] = lines[line].replace("'@@@'", f"? {key}\n" if key == "[zz]" else key)
    if key == "[zz]":
        lines[line] = lines[line].replace("\n", "\n" + " " * lines[line].index("?"))
    (found,) = judge("\n".join(lines))
    assert (found.rule, found.line) == ("manifest-invalid", line + 1)
    assert found.message.isprintable()


@pytest.mark.parametrize("place", KEYS, ids=lambda place: ".".join(map(str, place)))
def test_only_what_must_be_there_is_missed(place: Place, judge: Judge) -> None:
    document = copy.deepcopy(GOOD)
    holder = holder_of(document, place)
    del holder[place[-1]]
    found = judge(yaml.safe_dump(document, sort_keys=False))
    form = [each for each in found if each.rule == "manifest-invalid"]
    if place[-1] in {"version", "phases", "id", "order", "path"}:
        assert found == form
        assert [f'has no "{place[-1]}"' in each.message for each in found] == [True]
    else:
        assert form == []


WHOLE = {
    "empty": ("", 1),
    "only a comment": ("# nothing\n", 1),
    "a word": ("zz\n", 1),
    "a list": ("- zz\n", 1),
    "a set": ("!!set {zz}\n", 1),
    "nothing, said": ("---\n...\n", 1),
    "two documents": ("version: 1\nphases: []\n---\nversion: 1\n", 3),
    "two documents, the first empty": ("---\n---\nversion: 1\n", 2),
    "a tab": ("version: 1\nphases:\n\t- id: a\n", 3),
    "a colon too many": ("version: 1\nproject: a: b\nphases: []\n", 2),
    "a list that does not end": ("version: 1\nphases: [\n", 3),
    "an unknown alias": ("version: 1\nproject: a\nphases: *nowhere\n", 3),
    "an alias of itself": ("version: 1\nphases: &a\n- *a\n", 3),
    "an unknown directive": ("%YAML 3.0\n---\nversion: 1\n", 1),
    "a control character": ("version: 1\nproject: a\x07b\n", 2),
    "a NUL": ("version: 1\nproject: a\n\0", 3),
    "binary": (bytes(range(256)).decode("latin-1") * 8, 1),
    "deep lists": ("version: 1\nphases: " + "[" * 100_000, 2),
    "deep dashes": ("version: 1\nphases:\n  " + "- " * 100_000, 3),
    "deep questions": ("version: 1\nphases:\n  " + "? " * 100_000, 3),
    "deep mappings": ("version: 1\nphases: " + "{a: " * 100_000, 2),
    "JSON of something else": ('{"zz": [1, 2, {"yy": null}]}', 1),
    "a phase of nothing": ("version: 1\nphases:\n-\n", 3),
    "a thousand million phases": (
        "version: 1\nproject: &a [zz, zz, zz, zz, zz, zz, zz, zz, zz, zz]\n"
        + "".join(
            f"? &{b} [{', '.join([f'*{a}'] * 10)}]\n: 1\n"
            for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        9,
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_document_that_is_no_manifest_is_one_finding_of_the_whole_tree(
    case: str, judge: Judge
) -> None:
    text, line = WHOLE[case]
    found = judge(text)
    assert [(each.rule, each.line) for each in found] in (
        [("manifest-invalid", line)],
        [("encoding", line)],
    )
    assert len(found[0].message) < 250


def test_an_alias_is_told_on_its_own_line(judge: Judge) -> None:
    text = yaml.safe_dump(GOOD, sort_keys=False, width=10_000)
    text = text.replace("owner: sample_owner", "owner: &who sample_owner")
    assert judge(text.replace("roles:\n  - sample_app", "roles:\n  - *who", 1)) == []
    wrong = text.replace("status: open", "status: *who")
    line = next(n for n, each in enumerate(wrong.splitlines(), 1) if "status: *who" in each)
    assert [(each.rule, each.line) for each in judge(wrong)] == [("manifest-invalid", line)]


def test_a_merge_key_is_one_finding(judge: Judge) -> None:
    text = yaml.safe_dump(GOOD, sort_keys=False, width=10_000)
    text = text.replace("- id: phase-100-mvp", "- &base\n  id: phase-100-mvp")
    text = text.replace("  order: 200\n", "  <<: *base\n")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "<<" in each)
    (found,) = judge(text)
    assert (found.rule, found.line) == ("manifest-invalid", line)
    assert "merge keys are not read" in (found.fix or "")


def test_a_phase_or_a_file_that_is_listed_twice_is_one_finding(judge: Judge) -> None:
    document = copy.deepcopy(GOOD)
    document["phases"][1]["migrations"].append(EXPAND)
    (twice,) = judge(yaml.safe_dump(document, sort_keys=False))
    assert (twice.rule, "is listed twice" in twice.message) == ("manifest-invalid", True)
    document = copy.deepcopy(GOOD)
    document["phases"][1]["order"] = 100
    document["phases"][1]["migrations"] = []
    found = [each for each in judge(yaml.safe_dump(document)) if each.rule == "manifest-invalid"]
    assert ["two phases have the order 100" in each.message for each in found] == [True]


def test_five_megabytes_of_entries_are_read(judge: Judge) -> None:
    text = "version: 1\nphases:\n- id: phase-100-mvp\n  order: 100\n  domains:\n"
    found = judge(text + "".join(f"  - d{number}\n" for number in range(400_000)))
    assert {each.rule for each in found} <= {"manifest-unlisted-file", "released-file-changed"}


ONE_MISTAKE = {
    "the order of another": ("order: 200", "order: 100"),
    "an order that no file bears": ("order: 200", "order: 50"),
    "the id of another": ("id: phase-200-next", "id: phase-100-mvp"),
    "a role of everybody": ("roles:\n  - sample_app", "roles:\n  - public"),
    "an owner of PostgreSQL": ("owner: sample_owner", "owner: pg_owner"),
    "a name too long": ("owner: sample_owner", f"owner: {'a' * 64}"),
}


@pytest.mark.parametrize("case", ONE_MISTAKE)
def test_a_value_that_cannot_be_is_one_finding_of_the_whole_tree(case: str, judge: Judge) -> None:
    old, new = ONE_MISTAKE[case]
    before, _, after = yaml.safe_dump(GOOD, sort_keys=False, width=10_000).partition(old)
    line = f"{before}{new}".count("\n") + 1
    found = judge(f"{before}{new}{after}")
    assert [(each.rule, each.line) for each in found] == [("manifest-invalid", line)], found


@pytest.mark.parametrize("role", ["pg_monitor", "a" * 63, "Ação", 'a"b', "select"])
def test_a_role_may_have_any_other_name(role: str, judge: Judge) -> None:
    document = copy.deepcopy(GOOD)
    document["prerequisites"]["roles"] = [role]
    assert judge(yaml.safe_dump(document, sort_keys=False)) == []
