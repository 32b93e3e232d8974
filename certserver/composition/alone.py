"""Runs a module of this server for one file that somebody sent, in a process of its own: what that process is made to
do by the file stays in it."""

import os
import subprocess
import sys

from certserver.verify.confinement import ENVIRONMENT


def run_alone(module: str, sent: bytes, seconds: float) -> bytes | None:
    """What the module tells of the file that it is given; None when it gives none, or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - this program, and a module of its own
            # -P: nothing is taken for a module because it lies in the folder that somebody happens to be in.
            (sys.executable, "-P", "-m", module),
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))},
            timeout=seconds,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
