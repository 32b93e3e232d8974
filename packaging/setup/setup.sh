#!/usr/bin/env bash
# Brings a Debian 12 machine to where the project runs: missing Debian packages, a virtual environment in
# .venv, locked Python packages, the project itself. Run again it finds everything there and asks no network.
# Usage: packaging/setup/setup.sh [dev|bench|kiosk|server|verify] [PART...]
# A PART is one more part of debian-packages.txt: `kiosk cups` for a terminal whose printer stands behind a queue.
set -euo pipefail
cd "$(dirname "$0")/../.."

what=${1:-dev}
parts=" every $what ${*:2} "
lock=packaging/setup/requirements/$what.txt
build_lock=packaging/setup/requirements/build.txt
venv=.venv
stamp=$venv/.installed-$what

[ -f "$lock" ] || { echo "setup: no lock named $lock (use dev, bench, kiosk, server or verify)" >&2; exit 2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else echo "setup: these Debian packages are missing and neither root nor sudo is there to install them: $*" >&2; exit 1
    fi
}

wanted=() part=every known_parts=" "
while read -r package; do
    case $package in ''|'#'*) continue ;; '['*']') part=${package//[][]/}; known_parts="$known_parts$part "; continue ;; esac
    case $what in dev|bench) wanted+=("$package") ;; *) case $parts in *" $part "*) wanted+=("$package") ;; esac ;; esac
done < packaging/setup/debian-packages.txt
for part in "${@:2}"; do
    case $known_parts in *" $part "*) ;; *) echo "setup: debian-packages.txt has no part named $part" >&2; exit 2 ;; esac
done
# One question for all of them; it fails when it doesn't know one.
known=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null) || true
missing=()
for package in "${wanted[@]}"; do
    case $'\n'$known$'\n' in *$'\n'"$package installed"$'\n'*) ;; *) missing+=("$package") ;; esac
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "setup: installing ${#missing[@]} Debian packages: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

python=/usr/bin/python3.11
[ -x "$python" ] || python=$(command -v python3.11) || { echo "setup: Python 3.11 is not on this machine" >&2; exit 1; }
[ -x $venv/bin/python ] || "$python" -m venv $venv

fingerprint=$(cat "$lock" "$build_lock" pyproject.toml | sha256sum | cut -d' ' -f1)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$fingerprint" ]; then
    echo "setup: installing the locked Python packages of $lock"
    $venv/bin/pip install -q --no-compile --disable-pip-version-check --require-hashes -r "$build_lock"
    # The lock is complete, and leaves out what pyproject.toml overrides: --no-deps keeps pip from asking for it.
    $venv/bin/pip install -q --no-compile --disable-pip-version-check --require-hashes --no-deps --no-build-isolation -r "$lock"
    $venv/bin/pip install -q --no-compile --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
    # As pip would, but on all processors. Some packages bring files for Pythons before this one, which fail.
    $venv/bin/python -m compileall -q -j 0 $venv/lib >/dev/null || true
    echo "$fingerprint" > "$stamp"
fi
