"""The scripts keep to what Windows PowerShell 5.1 and PowerShell 7 both have.

The grammar knows the language of 5.1, and `&&` beside it. What a command, a type or a member is
called in both is listed here, each from its documentation: whatever is new in a script has to be
looked up before it passes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tree_sitter import Node

from tests.powershell.source import BOM, SCRIPTS, Source, parse, read, scripts, words

VERBS = {"apply.ps1": "apply.psql", "seed.ps1": "seed.psql", "rollback.ps1": "rollback.psql"}

COMMANDS = {
    "ForEach-Object": set[str](),
    "Get-ChildItem": {"-LiteralPath", "-Recurse", "-File"},
    "Get-Command": {"-Name", "-CommandType", "-ErrorAction"},
    "Join-Path": set(),  # two paths: more than two are of 6 and later
    "New-Object": {"-TypeName", "-Property", "-ArgumentList"},
    "Pop-Location": set(),
    "Push-Location": {"-LiteralPath"},
    "Resolve-Path": {"-LiteralPath"},
    "Set-StrictMode": {"-Version"},
    "Sort-Object": {"-Property"},
    "Split-Path": {"-Parent"},
    "Test-Path": {"-LiteralPath", "-PathType"},
    "Where-Object": set(),
    "Write-Output": set(),
    "Write-Verbose": set(),
}
"""Commands of both, with the parameters that both have."""

TYPES = {
    "bool",
    "CmdletBinding",
    "hashtable",
    "int",
    "object",
    "regex",
    "string",
    "switch",
    "System.Console",
    "System.Environment",
    "System.IO.File",
    "System.IO.Path",
    "System.Text.Encoding",
    "System.Uri",
}

METHODS = {
    "Contains": 1,
    "ContainsKey": 1,
    "GetEnvironmentVariable": 1,
    "IsPathRooted": 1,
    "Matches": 2,
    "ReadAllLines": 1,
    "Replace": 2,
    "StartsWith": 1,
    "Substring": 1,
    "Trim": 0,
    "TrimStart": 0,
    "UnescapeDataString": 1,
    "WriteErrorLine": 1,
}
"""Methods of .NET Framework and of .NET alike, with how many arguments both take."""

SINCE_7 = (
    "$x = $a ? 1 : 2",
    "$x = $a ?? 1",
    "$x ??= 1",
    "$a?.Length",
    "Get-Item a && Get-Item b",
    "Get-Item a || Get-Item b",
    "$a | ForEach-Object -Parallel { $_ }",
    "Join-Path 'a' 'b' 'c'",
    "Get-ChildItem -FollowSymlink 'a'",
    "Split-Path -LeafBase 'a'",
    "'a,b'.Split(',')",
    "'a'.Contains('A', 'OrdinalIgnoreCase')",
    "$IsWindows",
)


def ids(path: Path) -> str:
    return path.relative_to(SCRIPTS).as_posix()


def strangers(source: Source, functions: frozenset[str]) -> list[str]:
    """Name everything in a script that 5.1 and 7 are not known to share."""
    found = list(source.faults)
    found += [f"a chain: {words(each)}" for each in source.nodes("pipeline_chain_tail")]
    for command in source.commands:
        known = COMMANDS.get(command.name)
        if known is None and command.name not in functions:
            found.append(f"{command.line}: the command {command.name}")
        elif known is not None:
            found += [f"{command.name} {each}" for each in command.parameters if each not in known]
        if command.name == "Join-Path" and len(command.arguments) > 2:
            found.append(f"{command.line}: Join-Path of more than two")
    for each in source.nodes("type_literal", "attribute_name"):
        name = words(each).strip("[] ").removesuffix("[")
        if name not in TYPES:
            found.append(f"the type {name}")
    for each in source.nodes("invokation_expression"):
        found += _method(each)
    automatic = {"$IsWindows", "$IsLinux", "$IsMacOS", "$IsCoreCLR", "$PSStyle"}
    found += [words(each) for each in source.nodes("variable") if words(each) in automatic]
    return found


def _method(node: Node) -> list[str]:
    [member] = [each for each in node.children if each.type == "member_name"]
    lists = [each for each in node.children if each.type == "argument_list"]
    [given] = [_arguments(each) for each in lists]
    if METHODS.get(words(member)) != given:
        return [f"the method {words(member)} with {given}"]
    return []


def _arguments(node: Node) -> int:
    inner = node.child_by_field_name("argument_expression_list")
    if inner is None:
        return 0
    return sum(each.type == "argument_expression" for each in inner.children)


def all_functions() -> frozenset[str]:
    return frozenset().union(*(read(path).functions for path in scripts()))


def test_there_is_a_script_for_each_verb() -> None:
    assert {ids(path) for path in scripts()} == {*VERBS, "lib/operator.ps1"}


@pytest.mark.parametrize("path", scripts(), ids=ids)
def test_a_script_uses_only_what_both_have(path: Path) -> None:
    assert strangers(read(path), all_functions()) == []


@pytest.mark.parametrize("text", SINCE_7)
def test_what_only_7_has_is_found(text: str) -> None:
    assert strangers(parse(text), frozenset({"Get-Item"})) != []


@pytest.mark.parametrize("path", scripts(), ids=ids)
def test_5_1_reads_it_as_it_is_written(path: Path) -> None:
    content = path.read_bytes()
    assert content.isascii() or content.startswith(BOM)
    assert b"\r" not in content


@pytest.mark.parametrize("name", VERBS)
def test_a_script_calls_the_engine_of_its_verb_and_no_other(name: str) -> None:
    source = read(SCRIPTS / name)
    [call] = [each for each in source.commands if each.name == "Invoke-Operator"]
    assert call.arguments[call.parameters.index("-Script")] == f"'{VERBS[name]}'"
    assert [each for each in VERBS.values() if each in source.text] == [VERBS[name]]


def test_no_function_is_defined_twice() -> None:
    names = [words(each) for path in scripts() for each in read(path).nodes("function_name")]
    assert sorted(names) == sorted(set(names))
