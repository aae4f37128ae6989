"""Run a program within limits: `launcher.py SECONDS MEMORY_BYTES FILE_BYTES PROGRAM [ARGUMENT…]`.

It is a program of its own, since limits set between fork and exec are not safe with threads.
"""

import os
import resource
import sys

NICENESS = 10
MOST_OPEN = 64


def launch(seconds: int, memory: int, file: int, command: list[str]) -> None:
    """Become `command`, with limits that it cannot lift."""
    os.nice(NICENESS)
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_NOFILE, MOST_OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.execv(command[0], command)  # noqa: S606  # the caller chose the program


if __name__ == "__main__":
    seconds, memory, file, *command = sys.argv[1:]
    launch(int(seconds), int(memory), int(file), command)
