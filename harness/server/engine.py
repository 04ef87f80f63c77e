"""The Docker engine: whether it answers, and whether it has an image or can get it."""

from __future__ import annotations

import os
import queue
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import docker
from docker.errors import DockerException, ImageNotFound
from testcontainers.core.docker_client import DockerClient, get_docker_host

from harness.errors import ServerUnavailableError

ANSWER_S = 2.0
Events = queue.SimpleQueue[dict[str, Any] | None]  # of a pull; None ends it
_IDLE_S = 600
_DEFAULT_HOST = "unix:///var/run/docker.sock"


@contextmanager
def reached(timeout: float = ANSWER_S) -> Iterator[docker.DockerClient]:
    """Provide a client of the engine; each answer may take `timeout` seconds.

    Raises `ServerUnavailableError` where no engine answers.
    """
    try:
        _knock(timeout)
        client = DockerClient(timeout=timeout).client
    except (DockerException, OSError) as error:
        raise ServerUnavailableError(
            f"no Docker engine answers ({_one_line(error)}): start one, or choose --pg embedded"
        ) from error
    with closing(client):
        yield client


def may_exist() -> bool:
    """Tell, without asking it, whether an engine could be there: asking costs half a second."""
    sockets = ("/var/run/docker.sock", os.environ.get("XDG_RUNTIME_DIR", "/run") + "/docker.sock")
    return (
        sys.platform == "win32"
        or bool(get_docker_host())
        or any(Path(path).exists() for path in sockets)
    )


def is_local() -> bool:
    """Tell whether containers run on this machine, so that their ports can stay on loopback."""
    return (get_docker_host() or _DEFAULT_HOST).startswith(("unix://", "npipe://"))


def _knock(timeout: float) -> None:
    """Raise `OSError` where nobody listens; the client would leave a socket open in that case."""
    host = get_docker_host() or _DEFAULT_HOST
    if sys.platform != "win32" and host.startswith("unix://"):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(timeout)
            probe.connect(host.removeprefix("unix://"))


def ensure_image(image: str, *, answer_s: float, pull_s: float) -> None:
    """Have the engine hold `image`, pulling it where it is missing.

    Gives up after `answer_s` seconds without a word from the registry, and after `pull_s` in all;
    raises `ServerUnavailableError` with the reason then.
    """
    with reached() as client:
        if _holds(client, image):
            return
    _pull(image, answer_s=answer_s, pull_s=pull_s)


def holds(image: str) -> bool:
    """Tell whether the engine has `image` at hand."""
    with reached() as client:
        return _holds(client, image)


def _holds(client: docker.DockerClient, image: str) -> bool:
    try:
        client.images.get(image)
    except ImageNotFound:
        return False
    except (DockerException, OSError) as error:
        raise ServerUnavailableError(
            f"the Docker engine does not say what it holds ({_one_line(error)}): restart it, or"
            " choose --pg embedded"
        ) from error
    return True


def _pull(image: str, *, answer_s: float, pull_s: float) -> None:
    """Pull beside us: a registry that does not answer keeps the engine's own call for minutes."""
    events: Events = queue.SimpleQueue()
    threading.Thread(target=_follow_pull, args=(image, events), daemon=True).start()
    started = time.monotonic()
    deadline = started + answer_s
    while True:
        try:
            event = events.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise _unavailable(
                image, f"no registry delivered it within {deadline - started:.0f} s"
            ) from None
        if event is None:
            return
        if "error" in event:
            raise _unavailable(image, event["error"])
        deadline = started + pull_s


def _follow_pull(image: str, events: Events) -> None:
    repository, tag = docker.utils.parse_repository_tag(image)
    try:
        with reached(timeout=_IDLE_S) as client:
            stream = client.api.pull(repository, tag or "latest", stream=True, decode=True)
            for event in stream:
                events.put(event)
    except (DockerException, ServerUnavailableError, OSError) as error:
        events.put({"error": _one_line(error)})
    events.put(None)


def _unavailable(image: str, reason: str) -> ServerUnavailableError:
    return ServerUnavailableError(
        f"the image {image} is neither here nor can it be pulled ({reason}): load it, name another"
        " with --pg-image, or choose --pg embedded"
    )


def _one_line(error: Exception) -> str:
    """Prefer the engine's explanation to the request that it explains."""
    return " ".join(str(getattr(error, "explanation", None) or error).split())
