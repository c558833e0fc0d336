"""Dependencies of the routes: the services, and the grant of the request."""

from typing import Annotated, NoReturn

from fastapi import Depends, Request

from server.access.grants import Grant
from server.api.errors import Refusal, too_many_tries
from server.services import Caller, Services


def services_of(request: Request) -> Services:
    """Return the parts of the running server."""
    return request.app.state.services


WithServices = Annotated[Services, Depends(services_of)]


async def grant_of(request: Request, services: WithServices) -> Grant | None:
    """Return the grant of the request's token; None without a known token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return await services.access.authenticate(token) if scheme.lower() == "bearer" else None


AsAnyone = Annotated[Grant | None, Depends(grant_of)]


async def host_grant(grant: AsAnyone) -> Grant:
    """Require the host's token, which may create matches here."""
    if grant is None or not grant.is_host:
        message = "this needs the host's link; open the link that the server printed at its start"
        raise Refusal(401, "host_only", message)
    return grant


AsHost = Annotated[Grant, Depends(host_grant)]


def caller_of(request: Request) -> Caller:
    """Return where a request came from."""
    return Caller.of(request)


AsCaller = Annotated[Caller, Depends(caller_of)]


async def refuse_slowly(services: Services, caller: Caller, refusal: Refusal) -> NoReturn:
    """Refuse a wrong code, key or link, the later the more of them come from one caller."""
    if await services.slow_down(caller):
        refusal.has_waited = True
        raise refusal
    raise too_many_tries()


def require_question(services: Services, what: str, asker: str) -> None:
    """Count one request against the sender's rate limit. Raises Refusal at the limit."""
    if not services.may_ask(what, asker):
        message = "too many questions at once; wait a second"
        raise Refusal(429, "too_many_requests", message, retry_after_s=1)
