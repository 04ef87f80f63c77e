"""Remove one container: what the watchdog runs when the harness that started it is gone."""

from __future__ import annotations

import sys
import time
from contextlib import closing

import docker
from docker.errors import APIError, NotFound

_ATTEMPTS = 4
_PAUSE_S = 0.3


def main(name: str) -> None:
    """Remove the container and its volumes, running or not.

    Looks more than once: the engine may still be creating it, for a harness that was killed.
    """
    with closing(docker.from_env()) as client:
        for _ in range(_ATTEMPTS):
            try:
                client.containers.get(name).remove(force=True, v=True)
            except NotFound:
                time.sleep(_PAUSE_S)
            except APIError as error:
                if error.status_code != 409:  # removed by somebody else at this moment
                    raise
            else:
                return


if __name__ == "__main__":
    main(sys.argv[1])
