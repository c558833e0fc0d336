"""What a treatment may change, as it comes over the wire and is kept."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import PowerMeasure, Press
from game_rules.scenario_files.scenarios import LOWEST_MONITORING
from server.wire.fields import Body


class Changes(Body):
    """What the matches of a treatment change in the scenario; null leaves it as it is."""

    press: Annotated[Press | None, Field(strict=False)] = None
    monitoring: Annotated[float | None, Field(ge=LOWEST_MONITORING, le=1)] = None
    continuation: Annotated[float | None, Field(gt=0, le=1)] = None
    has_advisor: bool | None = None
    moves: Annotated[tuple[MoveKind, ...] | None, Field(strict=False)] = None
    power: Annotated[PowerMeasure | None, Field(strict=False)] = None
    is_masked: bool | None = None

    def given(self) -> Mapping[str, Any]:
        """Give what is changed, as plain values."""
        return self.model_dump(mode="json", exclude_none=True)
