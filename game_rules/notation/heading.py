"""The heading of a notation, by which a file is known as one."""

from codecs import BOM_UTF8

FORMAT = "detente-notation/1"
_ANY_VERSION = b"detente-notation"


def is_notation(raw: bytes) -> bool:
    """Tell whether a file means to be a notation, of whatever version.

    Its first line that is neither empty nor a comment names the format.
    """
    lines = (line.strip() for line in raw.removeprefix(BOM_UTF8).split(b"\n"))
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return first.startswith(_ANY_VERSION)
