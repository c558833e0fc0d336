"""What a treatment may change in a scenario, and the scenario under it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from game_rules.scenario import Press, Scenario
from server.seminars.seminar import Treatment


class Changes(BaseModel):
    """What the matches of a treatment change in the scenario; null leaves it as it is."""

    model_config = ConfigDict(strict=True, extra="forbid")

    press: Annotated[Press | None, Field(strict=False)] = None
    monitoring: Annotated[float | None, Field(ge=0.5, le=1)] = None
    continuation: Annotated[float | None, Field(gt=0, le=1)] = None

    def given(self) -> Mapping[str, Any]:
        """Give what is changed, as plain values."""
        return self.model_dump(mode="json", exclude_none=True)


def treated(scenario: Scenario, treatment: Treatment | None) -> Scenario:
    """Give a scenario under a treatment; as it is without one."""
    if treatment is None:
        return scenario
    return replace(scenario, **Changes(**treatment.changes).model_dump(exclude_none=True))
