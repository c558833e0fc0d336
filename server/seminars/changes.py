"""The settings that a treatment may change, as sent over the wire and stored."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import PowerMeasure, Press
from game_rules.scenario_files.scenarios import LOWEST_MONITORING
from server.wire.fields import Body

Kind = Annotated[MoveKind, Field(strict=False)]  # what holds for a tuple holds for no item of it
MOST_MOVES = 2 * len(MoveKind)


class Changes(Body):
    """A treatment's changes to the scenario; null keeps a setting."""

    press: Annotated[Press | None, Field(strict=False)] = None
    monitoring: Annotated[float | None, Field(ge=LOWEST_MONITORING, le=1)] = None
    continuation: Annotated[float | None, Field(gt=0, le=1)] = None
    has_advisor: bool | None = None
    moves: Annotated[tuple[Kind, ...] | None, Field(strict=False, max_length=MOST_MOVES)] = None
    power: Annotated[PowerMeasure | None, Field(strict=False)] = None
    is_masked: bool | None = None

    def given(self) -> Mapping[str, Any]:
        """Return the changed settings as plain values."""
        return self.model_dump(mode="json", exclude_none=True)
