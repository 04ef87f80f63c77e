from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import ServerUnavailableError, UsageError
from harness.server import ServerChoice
from harness.server.probe import refuse_old


def test_default_is_auto_on_postgresql_16() -> None:
    assert ServerChoice.from_environment({}) == ServerChoice(pg="auto", image="postgres:16")


def test_environment_names_server_programs_and_image() -> None:
    choice = ServerChoice.from_environment(
        {"KOREVITTA_PG": "embedded", "KOREVITTA_PG_BIN": "/x", "KOREVITTA_PG_IMAGE": "postgres:17"}
    )
    assert choice == ServerChoice(pg="embedded", bin_dir=Path("/x"), image="postgres:17")


def test_empty_variables_count_as_unset() -> None:
    empty = {"KOREVITTA_PG": "", "KOREVITTA_PG_BIN": "", "KOREVITTA_PG_IMAGE": ""}
    assert ServerChoice.from_environment(empty) == ServerChoice()


@pytest.mark.parametrize("url", ["postgres://h/x", "postgresql://u@h:1/x?sslmode=require"])
def test_url_is_a_choice(url: str) -> None:
    assert ServerChoice(pg=url).is_url


@pytest.mark.parametrize("word", ["", "docker", "mysql://h/x", "Embedded"])
def test_unknown_word_lists_what_there_is(word: str) -> None:
    with pytest.raises(UsageError, match=r"auto, container, embedded or a postgres:// URL"):
        ServerChoice(pg=word)


@pytest.mark.parametrize("version", ["16.0", "16.14", "17.10", "18beta1", "19devel"])
def test_16_and_later_are_accepted(version: str) -> None:
    refuse_old(version)


@pytest.mark.parametrize("version", ["9.6.24", "15.9"])
def test_older_version_is_refused(version: str) -> None:
    with pytest.raises(ServerUnavailableError, match=f"{version} is too old.*16 or later"):
        refuse_old(version)
