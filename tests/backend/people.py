"""A practice with one patient, and what can be written about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Who writes and about whom."""

    professional_id: str
    professional_user_id: str
    patient_id: str
    patient_user_id: str
    thread_id: str


def open_practice(admin: Connection, name: str = "um") -> Practice:
    """Write a practice, its patient and a thread between them; return their identifiers."""
    users = [
        str(
            _one(
                admin,
                "INSERT INTO identity.users (email, full_name) VALUES (%s, %s) RETURNING id",
                (f"{who}-{name}@example.org", f"{who} {name}"),
            )
        )
        for who in ("profissional", "paciente")
    ]
    professional = _one(
        admin,
        "INSERT INTO identity.professionals (user_id, discipline, practice_name)"
        " VALUES (%s, 'integrated', %s) RETURNING id",
        (users[0], name),
    )
    patient = _one(
        admin,
        "INSERT INTO core.patients (professional_id, user_id, full_name, status)"
        " VALUES (%s, %s, %s, 'active') RETURNING id",
        (professional, users[1], name),
    )
    thread = _one(
        admin,
        "INSERT INTO communication.threads (professional_id, patient_id, subject)"
        " VALUES (%s, %s, 'Boas-vindas') RETURNING id",
        (professional, patient),
    )
    return Practice(
        professional_id=str(professional),
        professional_user_id=users[0],
        patient_id=str(patient),
        patient_user_id=users[1],
        thread_id=str(thread),
    )


def _one(admin: Connection, query: str, values: tuple[object, ...]) -> object:
    row = admin.execute(query.encode(), values).fetchone()
    assert row is not None
    return row[0]
