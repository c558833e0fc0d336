"""What the fields of frames may hold; see `frames`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from game_rules.games.stage_games import Action
from game_rules.log.events import Phase


class Frame(BaseModel):
    """Strict, and closed to fields it does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


SeatCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,11}$")]
ArenaName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
RoundNumber = Annotated[int, Field(ge=0, le=10_000)]
Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
WirePhase = Annotated[Phase, Field(strict=False)]
WireAction = Annotated[Action, Field(strict=False)]
WireActions = Annotated[dict[ArenaName, WireAction], Field(max_length=64)]
