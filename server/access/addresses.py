"""Addresses as limits count them: what one household or one room has, not one machine of it."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

HOUSEHOLD_BITS = 64
"""Of an IPv6 address: the network that one connection to the internet is given, RFC 6177."""


def neighbourhood(address: str) -> str:
    """Return an IPv4 address itself, and an IPv6 address's network.

    >>> neighbourhood("192.0.2.7"), neighbourhood("2001:db8:1:2:3:4:5:6")
    ('192.0.2.7', '2001:db8:1:2::')
    >>> neighbourhood("::ffff:192.0.2.7"), neighbourhood("a socket of this machine")
    ('192.0.2.7', 'a socket of this machine')
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or _network(known))


def _network(address: IPv6Address) -> IPv6Address:
    return IPv6Network((int(address), HOUSEHOLD_BITS), strict=False).network_address
