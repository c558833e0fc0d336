"""Origins of pages that may open a socket: the server's own and those on the list."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Origins:
    """The list of allowed origins; matches are exact.

    A client without an Origin header is not a browser; it needs a token like every client.
    """

    allowed: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, origins: Iterable[str]) -> "Origins":
        """Build the list from origins such as https://play.example.org."""
        return cls(frozenset(origin.rstrip("/") for origin in origins))

    def allow(self, origin: str | None, host: str | None) -> bool:
        """Tell whether a page of this origin may connect to the server known as `host`."""
        if origin is None:
            return True
        if origin in self.allowed:
            return True
        return host is not None and origin in (f"http://{host}", f"https://{host}")
