"""What a route may ask for: the services, and who is asking."""

from typing import Annotated

from fastapi import Depends, Request

from game_rules.roles import Role
from server.access import Grant
from server.api.errors import Refusal
from server.services import Services


def services_of(request: Request) -> Services:
    """Give the running server's parts."""
    return request.app.state.services


WithServices = Annotated[Services, Depends(services_of)]


async def host_grant(request: Request, services: WithServices) -> Grant:
    """Require a host's token: someone who may create matches here."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    grant = await services.access.authenticate(token) if scheme.lower() == "bearer" else None
    if grant is None or grant.role is not Role.FACILITATOR or grant.match_id is not None:
        message = "this needs the host's link; open the link that the server printed at its start"
        raise Refusal(401, "host_only", message)
    return grant


AsHost = Annotated[Grant, Depends(host_grant)]


def address_of(request: Request) -> str:
    """Give the address that a request came from."""
    return request.client.host if request.client else "unknown"


Address = Annotated[str, Depends(address_of)]
