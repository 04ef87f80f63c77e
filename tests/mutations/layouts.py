"""Layouts and manifests in which a file has no place, no mirror or no promise."""

from __future__ import annotations

from pathlib import Path

from harness.plan import read_plan
from harness.plan.lock import write_lock
from tests.mutations.edits import replaced, substituted
from tests.mutations.mutation import Move, Mutation

_PATIENTS = "V100004__core__expand__create_patients.sql"
_PATIENTS_BACK = "rollback/phase-100-mvp/core/R100004__core__expand__create_patients.sql"
_PLANS = (
    "migrations/phase-200-v1_1/hydration/V200004__hydration__expand__create_hydration_plans.sql"
)


def _removed(path: str) -> Move:
    return lambda root: (root / path).unlink()


def _renamed(path: str, name: str) -> Move:
    def move(root: Path) -> None:
        target = (root / path).parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (root / path).rename(target)

    return move


def _rewritten(path: str, old: bytes, new: bytes, *, times: int = -1) -> Move:
    def move(root: Path) -> None:
        data = (root / path).read_bytes()
        assert old in data
        (root / path).write_bytes(data.replace(old, new, times))

    return move


def _listed_as(old: str, new: str) -> Move:
    """Move a migration to another name or folder, and the manifest's entry with it."""

    def move(root: Path) -> None:
        _renamed(old, str(Path(*[".."] * (len(Path(old).parts) - 1), new)))(root)
        manifest = root / "migration-manifest.yaml"
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(replaced(old, new)(text), encoding="utf-8")

    return move


def _changed_after_release(root: Path) -> None:
    manifest = root / "migration-manifest.yaml"
    text = manifest.read_text(encoding="utf-8")
    released = substituted(r'(release: "0\.1"\n    status: )open', r"\1released")(text)
    manifest.write_text(released, encoding="utf-8")
    write_lock(read_plan(root)[0])
    path = (
        root / "migrations/phase-000-bootstrap/global/V000003__global__expand__session_context.sql"
    )
    path.write_text(path.read_text(encoding="utf-8") + "-- revisto\n", encoding="utf-8")


MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        name="a migration is not listed",
        edit=substituted(rf"^      - {_PLANS}\n", ""),
        rule="manifest-unlisted-file",
        at="V200004",
    ),
    Mutation(
        name="a listed file does not exist",
        edit=replaced("S100003__protocol__exercises.sql", "S100003__protocol__exercise.sql"),
        rule="manifest-missing-file",
        line="seeds/phase-100-mvp/S100003__protocol__exercise.sql",
        also={"manifest-unlisted-file": "the file that was meant is listed nowhere"},
    ),
    Mutation(
        name="two entries change places",
        edit=substituted(
            r"^(      - migrations/phase-100-mvp/core/V100006[^\n]*\n)(      - [^\n]*\n)", r"\2\1"
        ),
        rule="manifest-order",
        line="V100006__core__expand__create_branding.sql",
    ),
    Mutation(
        name="a rollback was never written",
        move=_removed(_PATIENTS_BACK),
        rule="rollback-missing",
        at="V100004",
    ),
    Mutation(
        name="a rollback is named otherwise than its migration",
        move=_renamed(_PATIENTS_BACK, "R100004__core__expand__patients.sql"),
        rule="rollback-name-differs",
        at="backend/db/rollback/phase-100-mvp/core/R100004__core__expand__patients.sql",
    ),
    Mutation(
        name="a rollback undoes nothing",
        move=lambda root: _write(
            root / "rollback/phase-100-mvp/core", "R100099__core__expand__x.sql"
        ),
        rule="rollback-orphan",
        at="backend/db/rollback/phase-100-mvp/core/R100099__core__expand__x.sql",
    ),
    Mutation(
        name="a file stands in another domain's folder",
        move=_listed_as(
            f"migrations/phase-100-mvp/core/{_PATIENTS}",
            f"migrations/phase-100-mvp/identity/{_PATIENTS}",
        ),
        rule="folder-differs-from-name",
        at=f"backend/db/migrations/phase-100-mvp/identity/{_PATIENTS}",
    ),
    Mutation(
        name="a phase does not know a domain",
        edit=replaced("domains: [global, ops]", "domains: [global]"),
        rule="domain-unknown",
        at="V000004",
    ),
    Mutation(
        name="two files have one version",
        move=_listed_as(
            "migrations/phase-100-mvp/core/V100006__core__expand__create_branding.sql",
            "migrations/phase-100-mvp/core/V100005__core__expand__create_branding.sql",
        ),
        rule="version-duplicate",
        line="V100005__core__expand__create_branding.sql",
        also={"rollback-orphan": "the mirror of the old version is left alone"},
    ),
    Mutation(
        name="a name has one underscore too few",
        move=_listed_as(
            f"migrations/phase-100-mvp/core/{_PATIENTS}",
            "migrations/phase-100-mvp/core/V100004_core__expand__create_patients.sql",
        ),
        rule="file-name",
        at="backend/db/migrations/phase-100-mvp/core/V100004_core__expand__create_patients.sql",
        also={"rollback-name-differs": "its mirror has the name that was meant"},
    ),
    Mutation(
        name="a seed's name has no domain",
        move=_listed_as(
            "seeds/phase-100-mvp/S100002__protocol__foods.sql",
            "seeds/phase-100-mvp/S100002__foods.sql",
        ),
        rule="seed-name",
        at="backend/db/seeds/phase-100-mvp/S100002__foods.sql",
    ),
    Mutation(
        name="an editor wrote CRLF",
        move=_rewritten(_PLANS, b"\n", b"\r\n"),
        rule="encoding",
        at="V200004",
    ),
    Mutation(
        name="an editor wrote a byte order mark",
        move=_rewritten(_PLANS, b"-- O que", b"\xef\xbb\xbf-- O que", times=1),
        rule="encoding",
        at="V200004",
    ),
    Mutation(
        name="an editor wrote Latin-1",
        move=_rewritten(_PLANS, "é".encode(), "é".encode("latin-1")),
        rule="encoding",
        at="V200004",
    ),
    Mutation(
        name="a rollback holds comments alone",
        file="R200024",
        edit=replaced("DROP INDEX", "-- DROP INDEX"),
        rule="empty-file",
    ),
    Mutation(
        name="a contract does not say what it completes",
        edit=replaced("        after: [V200022, V200023]\n", ""),
        rule="contract-undeclared",
        line="V300014__core__contract__require_patients_time_zone.sql",
    ),
    Mutation(
        name="a contract does not say when it may run",
        edit=substituted(r"(after: \[V200022, V200023\]\n)        ready: [^\n]*\n[^\n]*\n", r"\1"),
        rule="contract-undeclared",
        line="V300014__core__contract__require_patients_time_zone.sql",
    ),
    Mutation(
        name="a key is misspelt",
        edit=replaced("schema_per_domain: true", "schema_per_domains: true"),
        rule="manifest-invalid",
        line="  schema_per_domains: true",
    ),
    Mutation(
        name="a released file is edited",
        move=_changed_after_release,
        rule="released-file-changed",
        at="V000003",
    ),
)


def _write(folder: Path, name: str) -> None:
    (folder / name).write_text("DROP TABLE core.x;\n", encoding="utf-8")
