"""Application of a treatment to a scenario."""

from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.treatments import Treatment as Conditions
from game_rules.scenario_files.treatments import with_treatment
from server.seminars.changes import Changes
from server.seminars.seminar import Treatment


def treated(scenario: Scenario, treatment: Treatment | None) -> Scenario:
    """Apply a treatment to a scenario; without one the scenario is unchanged.

    Raises InvalidInput, or a ScenarioError, if a change does not fit the scenario.
    """
    if treatment is None:
        return scenario
    changes = Changes(**treatment.changes).model_dump(exclude_none=True)
    return with_treatment(scenario, Conditions(**changes))
