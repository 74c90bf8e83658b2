"""The site below a path of its host: `KAOJI_PREFIX=/jixiao`, whether the proxy takes the prefix off or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def below(prefix: str, application: Application) -> Application:
    """The application, which hears of addresses without the prefix; it is Django's own without one.

    Django puts the prefix before every address by itself (FORCE_SCRIPT_NAME).
    """
    if not prefix:
        return application

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
        return application(environ, start_response)

    return answer
