"""The files of a page, under a path that names what is in them: a browser may keep them for good, and a new build has a
new path. They are read once, when the server starts."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOR_GOOD = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".css": "text/css"}
_VERSION_DIGITS = 16
_SHARED = Path(__file__).parent / "shared"
"""What every site of ours has: found below `shared/`."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files by their path below a folder; `version` is a hash over all of them."""

    version: str
    content: Mapping[str, bytes]

    @property
    def root(self) -> str:
        """Where they are found: "/s/" and the version."""
        return f"/s/{self.version}"

    def paths(self) -> list[str]:
        """Where each is found."""
        return [f"{self.root}/{name}" for name in sorted(self.content)]

    async def serve(self, request: Request) -> Response:
        """The answer to a request whose path has the parameters `version` and `path`."""
        name = request.path_params["path"]
        if request.path_params["version"] != self.version or name not in self.content:
            return PlainTextResponse("no such file is here", 404)
        kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "text/plain"
        return Response(self.content[name], headers={"Cache-Control": FOR_GOOD}, media_type=kind)


def files_in(folder: Path, *, but: frozenset[str] = frozenset()) -> Files:
    """Every file in a folder and below, but those named; and what all sites share."""
    content = _below(folder) | {f"shared/{name}": each for name, each in _below(_SHARED).items()}
    whole = sha256()
    # Also of those that go out elsewhere: they and the others belong together.
    for name, each in content.items():
        whole.update(sha256(name.encode()).digest() + sha256(each).digest())
    kept = {name: each for name, each in content.items() if name not in but}
    return Files(whole.hexdigest()[:_VERSION_DIGITS], kept)


def _below(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
