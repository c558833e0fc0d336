"""What a treatment may change, as it comes over the wire and is kept, and the scenario under it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from game_rules.scenario.moves import MoveKind
from game_rules.scenario.scenario import PowerMeasure, Press, Scenario
from game_rules.scenario_files.scenarios import LOWEST_MONITORING
from game_rules.scenario_files.treatments import Treatment as Conditions
from game_rules.scenario_files.treatments import with_treatment
from server.seminars.seminar import Treatment


class Changes(BaseModel):
    """What the matches of a treatment change in the scenario; null leaves it as it is."""

    model_config = ConfigDict(strict=True, extra="forbid")

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


def treated(scenario: Scenario, treatment: Treatment | None) -> Scenario:
    """Give a scenario under a treatment; as it is without one.

    Raises InvalidInput, or a ScenarioError, for what does not fit the scenario.
    """
    if treatment is None:
        return scenario
    changes = Changes(**treatment.changes).model_dump(exclude_none=True)
    return with_treatment(scenario, Conditions(**changes))
