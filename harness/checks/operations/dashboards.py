"""dashboard-invalid: dashboards that Grafana can load, and whose panels have something to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.operations.attempts import attempt
from harness.checks.operations.fault import Fault
from harness.checks.operations.files import Kind, OperationFile
from harness.checks.operations.grafana import Dashboard, Target, read_dashboard
from harness.checks.operations.known import KnownMetrics
from harness.checks.operations.promtool import Promtool
from harness.checks.operations.stage import Rows, Stage

_DATASOURCE = "datasource"
_BUILT_IN = frozenset({"-- Grafana --", "grafana", "-- Mixed --", "-- Dashboard --"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardEvidence:
    """A dashboard, read, its expressions parsed and its statements tried."""

    file: str
    faults: tuple[Fault, ...] = ()
    must_be_proven: bool = False


def gather_dashboard(
    file: OperationFile,
    *,
    others: Iterable[OperationFile],
    known: KnownMetrics,
    promtool: Promtool | None,
    stage: Stage,
) -> tuple[Fault, ...]:
    """Say what is wrong with a dashboard; ``others`` are the files that share its Grafana."""
    dashboard = _read(file)
    return (
        *dashboard.faults,
        *_same_uid(dashboard, file, others),
        *(fault for target in dashboard.targets for fault in _faults(dashboard, target, known)),
        *_no_promql(dashboard, promtool),
        *_no_sql(dashboard, stage),
    )


def _read(file: OperationFile) -> Dashboard:
    return read_dashboard(file.path.read_text(encoding="utf-8", errors="replace"))


def _same_uid(
    dashboard: Dashboard, file: OperationFile, others: Iterable[OperationFile]
) -> Iterator[Fault]:
    dashboards = (each for each in others if each.kind is Kind.DASHBOARD)
    for other in dashboards if dashboard.uid else ():
        if other.path != file.path and _read(other).uid == dashboard.uid:
            said = f'the uid "{dashboard.uid}" is that of {other.file}, too'
            yield Fault(line=1, message=said, object=dashboard.uid)


def _faults(dashboard: Dashboard, target: Target, known: KnownMetrics) -> Iterator[Fault]:
    for said in _objections(dashboard, target, known):
        message = f'panel "{target.panel}": {said}'
        yield Fault(line=target.line, message=message, object=target.panel)


def _objections(dashboard: Dashboard, target: Target, known: KnownMetrics) -> Iterator[str]:
    choices = {each.name for each in dashboard.variables if each.kind == _DATASOURCE}
    named = target.datasource.strip("${}[]")
    if target.datasource not in _BUILT_IN and not (
        target.datasource.startswith(("$", "[[")) and named in choices
    ):
        said = f'"{target.datasource}"' if target.datasource else "none"
        yield f"its datasource is {said}, and no variable of the type datasource"
    text = target.expression or target.statement
    if text is None:
        yield "a query has neither expr nor rawSql"
        return
    for name in dashboard.undefined(text):
        yield f"nothing defines the variable ${name}"
    if target.expression is not None:
        yield from known.objections(dashboard.expanded(target.expression))


def _no_promql(dashboard: Dashboard, promtool: Promtool | None) -> Iterator[Fault]:
    asking = [each for each in dashboard.targets if each.expression is not None]
    if not asking:
        return
    if promtool is None:
        said = "not proven: promtool is not installed (it comes with Prometheus)"
        yield Fault(line=1, message=said, proven=False)
        return
    refused = promtool.refusals([dashboard.expanded(each.expression or "") for each in asking])
    for place, said in sorted(refused.items()):
        target = asking[place]
        message = f'panel "{target.panel}": no PromQL: {said}'
        yield Fault(line=target.line, message=message, object=target.panel)


def _no_sql(dashboard: Dashboard, stage: Stage) -> Iterator[Fault]:
    asking = [each for each in dashboard.targets if each.statement is not None]
    if not asking:
        return
    role = stage.readers.default
    with stage.lend(Rows.FILLED) as database:
        for target in asking:
            tried = attempt(database, Rows.FILLED, role, target.statement or "")
            if tried.refusal is not None:
                message = f'panel "{target.panel}" fails as {role}: {tried.refusal.said}'
                yield Fault(line=target.line, message=message, object=target.panel)


def _dashboard_invalid(rule: Rule[DashboardEvidence], seen: DashboardEvidence) -> Iterable[Finding]:
    for fault in sorted(seen.faults, key=lambda each: (each.line, each.message)):
        is_error = fault.proven or seen.must_be_proven
        yield rule.finding(
            fault.message,
            file=seen.file,
            line=fault.line,
            object=fault.object,
            fix=fault.fix,
            severity=Severity.ERROR if is_error else Severity.WARNING,
        )


RULE = Rule(
    id="dashboard-invalid",
    title="a dashboard that does not load, or with a panel that can show nothing",
    effect="an empty panel reads as `all is well` when somebody looks for the cause",
    fix="give every panel a query over metrics that a collector defines, on a datasource variable",
    proof=Proof.BOTH,
    check=_dashboard_invalid,
)
