"""Runs the operators' scripts where no PowerShell is installed, by the language's specification.

    python -m tests.powershell.interpreter backend/db/scripts/apply.ps1 -Phase phase-100-mvp

It knows what these scripts use and fails at the rest, so that their logic (which files, in which
order, with which arguments and exit code) is tested on every machine. It is no proof that a real
PowerShell agrees: where one is installed, the same tests run with it as well.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tree_sitter import Node

from tests.powershell import commands
from tests.powershell.expressions import Expressions, Variables
from tests.powershell.source import read, words
from tests.powershell.tree import below, first, need
from tests.powershell.values import Flag, Table, Value, cast, items, text, true

Sink = Callable[[Value], None]
"""Who takes what a statement writes; the last one is the terminal."""


class ReturnError(Exception):
    """`return` ends a function."""


class ContinueError(Exception):
    """`continue` ends a turn of a loop."""


class BreakError(Exception):
    """`break` ends a loop."""


class Interpreter:
    """Runs every statement by the kind of its node."""

    def __init__(self) -> None:
        self._functions: dict[str, Node] = {}
        self._variables = Variables()
        self._expressions = Expressions(variables=self._variables, run=self._written)

    def source(self, script: Path, arguments: list[Value], out: Sink) -> None:
        """Run a script in the current scope."""
        self._variables.set("PSScriptRoot", str(script.parent))
        self._body(read(script).root, arguments, out)

    def _body(self, node: Node, arguments: list[Value], out: Sink) -> None:
        self._bind([*below(node, "script_parameter")], arguments)
        self._block(first(node, "script_block_body") or node, out)

    def _bind(self, parameters: list[Node], arguments: list[Value]) -> None:
        named, rest, waiting = Table(), [], list(arguments)
        while waiting:
            each = waiting.pop(0)
            if isinstance(each, Flag):
                named[each.name] = waiting.pop(0) if waiting else True
            else:
                rest.append(each)
        for parameter in parameters:
            name = words(need(parameter, "variable"))[1:].lower()
            given = named.pop(name) if name in named else rest.pop(0) if rest else None
            kind = words(need(need(parameter, "attribute_list"), "attribute"))
            self._variables.set(name, cast(kind, given))
        assert not named, f"there is no parameter -{', -'.join(named)}"
        assert not rest, f"there is no parameter for {rest}"

    def _written(self, node: Node) -> list[Value]:
        """Run a pipeline, or statements, and return what they write."""
        found: list[Value] = []
        if node.type == "statement_list":
            self._block(node, found.append)
        else:
            self._statement(node, found.append)
        return found

    def _block(self, node: Node, out: Sink) -> None:
        listed = node if node.type == "statement_list" else first(node, "statement_list")
        for statement in [] if listed is None else listed.named_children:
            self._statement(statement, out)

    def _statement(self, node: Node, out: Sink) -> None:
        if node.type == "comment":
            return
        run = getattr(self, f"_{node.type}", None)
        assert run is not None, f"no way to run a {node.type}: {words(node)}"
        run(node, out)

    def _function_statement(self, node: Node, _: Sink) -> None:
        self._functions[words(need(node, "function_name"))] = need(node, "script_block")

    def _if_statement(self, node: Node, out: Sink) -> None:
        if true(self._expressions.value(need(node, "pipeline"))):
            self._block(need(node, "statement_block"), out)
        elif (other := first(node, "else_clause")) is not None:
            self._block(need(other, "statement_block"), out)

    def _foreach_statement(self, node: Node, out: Sink) -> None:
        name = words(need(node, "variable"))[1:]
        for each in items(self._expressions.value(need(node, "pipeline"))):
            self._variables.set(name, each)
            try:
                self._block(need(node, "statement_block"), out)
            except ContinueError:
                continue
            except BreakError:
                break

    def _try_statement(self, node: Node, out: Sink) -> None:
        catches, last = first(node, "catch_clauses"), first(node, "finally_clause")
        try:
            self._block(need(node, "statement_block"), out)
        except OSError as error:
            if catches is None:
                raise
            self._variables.set("_", Table([("Exception", Table([("Message", str(error))]))]))
            self._block(need(need(catches, "catch_clause"), "statement_block"), out)
        finally:
            if last is not None:
                self._block(need(last, "statement_block"), out)

    def _flow_control_statement(self, node: Node, out: Sink) -> None:
        word = words(node.children[0])
        value = self._expressions.value(node.named_children[0]) if node.named_children else None
        if word == "exit":
            sys.exit(value)
        if word == "return":
            for each in items(value):
                out(each)
            raise ReturnError
        raise {"continue": ContinueError, "break": BreakError}[word]

    def _pipeline(self, node: Node, out: Sink) -> None:
        [inner] = node.named_children
        if inner.type == "assignment_expression":
            self._expressions.assign(inner)
        else:
            self._pipeline_chain(inner, out)

    def _pipeline_chain(self, node: Node, out: Sink) -> None:
        """Run the stages one after the other, each on all that the one before wrote."""
        start, *rest = node.named_children
        if not rest:
            self._stage(start, out)
            return
        passed: list[Value] = []
        self._stage(start, passed.append)
        for stage in rest:
            received, passed = passed, []
            self._filter(stage, received, passed.append)
        for each in passed:
            out(each)

    def _stage(self, node: Node, out: Sink) -> None:
        if node.type == "command":
            self._command(node, out)
            return
        for each in items(self._expressions.value(node)):
            out(each)

    def _filter(self, node: Node, received: list[Value], out: Sink) -> None:
        name = words(need(node, "command_name"))
        blocks = [*below(node, "script_block_expression")]
        if not blocks:
            given = [*self._arguments(node), Flag(name="inputobject"), received]
            for each in commands.run(name, given):
                out(each)
            return
        for each in received:
            self._variables.set("_", each)
            found: list[Value] = []
            [body] = below(need(blocks[0], "script_block"), "script_block_body")
            self._block(body, found.append)
            for one in found if name == "ForEach-Object" else [each] if true(found) else []:
                out(one)

    def _command(self, node: Node, out: Sink) -> None:
        how = first(node, "command_invokation_operator")
        if how is None:
            self._call(words(need(node, "command_name")), self._arguments(node), out)
            return
        target = text(self._expressions.value(need(node, "command_name_expr")))
        if words(how) == ".":
            self.source(Path(target), self._arguments(node), out)
        else:
            self._native([target, *map(text, self._arguments(node))], out)

    def _call(self, name: str, arguments: list[Value], out: Sink) -> None:
        if name not in self._functions:
            for each in commands.run(name, arguments):
                out(each)
            return
        self._variables.scopes.append(Table())
        try:
            self._body(self._functions[name], arguments, out)
        except ReturnError:
            pass
        finally:
            self._variables.scopes.pop()

    def _native(self, command: list[str], out: Sink) -> None:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        self._variables.set("global:LASTEXITCODE", done.returncode)
        for line in done.stdout.splitlines():
            out(line)

    def _arguments(self, node: Node) -> list[Value]:
        elements = first(node, "command_elements")
        found: list[Value] = []
        for each in [] if elements is None else elements.named_children:
            if each.type == "command_parameter":
                found.append(Flag(name=words(each).strip("-:").lower()))
            elif words(each).startswith("@") and words(each)[1:].isidentifier():
                found += items(self._variables.read(words(each)[1:]))
            elif each.type != "command_argument_sep":
                found.append(self._expressions.value(each))
        return found


def main() -> None:
    """Run the script that the command line names."""
    script, *arguments = sys.argv[1:]
    given = [Flag(name=each[1:].lower()) if each.startswith("-") else each for each in arguments]
    Interpreter().source(Path(script).resolve(), given, _tell)


def _tell(line: Value) -> None:
    sys.stdout.write(f"{text(line)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
