"""Machines of Ashlock and others, most of them found by evolution."""

from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.machine import Machine, mealy
from game_rules.strategies.kit.sources import (
    ASHLOCK_2006,
    ASHLOCK_2006B,
    ASHLOCK_2008,
    ASHLOCK_2009,
    ASHLOCK_2014,
    ASHLOCK_2015,
    library,
)

finite_machines = StrategyFamily("finite machine")


@finite_machines.table("Fortress 3", ASHLOCK_2006B, memory=2)
def fortress_3() -> Machine:
    """Defects until greeted by two defections, then cooperates with its like."""
    return _machine("1:1D,2D 2:1D,3C 3:3C,1D", first=D, start=1)


@finite_machines.table("Fortress 4", ASHLOCK_2006B, memory=3)
def fortress_4() -> Machine:
    """Defects until greeted by three defections, then cooperates with its like."""
    return _machine("1:1D,2D 2:1D,3D 3:1D,4C 4:4C,1D", first=D, start=1)


@finite_machines.table("Predator", ASHLOCK_2006B, memory=None)
def predator() -> Machine:
    """A machine of nine states, found by evolution."""
    return _machine(
        "0:0D,1D 1:2D,3D 2:4C,3D 3:5D,4C 4:2C,6D 5:7D,3D 6:7C,7D 7:8D,7D 8:8D,6D", first=C, start=0
    )


@finite_machines.table("Pun1", ASHLOCK_2006, memory=None)
def pun_1() -> Machine:
    """A machine of two states that defects first."""
    return _machine("1:2C,2C 2:1C,1D", first=D, start=1)


@finite_machines.table("Raider", ASHLOCK_2014, memory=None)
def raider() -> Machine:
    """A machine of four states that exploits the trusting."""
    return _machine("0:2D,2D 1:1C,1D 2:0D,3C 3:0D,1C", first=D, start=0)


@finite_machines.table("Ripoff", ASHLOCK_2008, memory=3)
def ripoff() -> Machine:
    """Defects now and then until the other does, then plays tit for tat."""
    return _machine("1:2C,3C 2:1D,3C 3:3C,3D", first=D, start=1)


@finite_machines.table("Usually Cooperates", ASHLOCK_2009, memory=None)
def usually_cooperates() -> Machine:
    """Cooperates except after the other's C that follows a D."""
    return _machine("1:1C,2C 2:1D,1C", first=C, start=1)


@finite_machines.table("Usually Defects", ASHLOCK_2009, memory=None)
def usually_defects() -> Machine:
    """Defects except after the other's D that follows a C."""
    return _machine("1:2D,1D 2:1D,1C", first=D, start=1)


@finite_machines.table("Solution B1", ASHLOCK_2015, memory=2)
def solution_b_1() -> Machine:
    """A machine of three states that ends in cooperation, found by evolution."""
    return _machine("1:2D,1D 2:2C,3C 3:3C,3C", first=D, start=1)


@finite_machines.table("Solution B5", ASHLOCK_2015, memory=None)
def solution_b_5() -> Machine:
    """A machine of six states, found by evolution."""
    return _machine("1:2C,6D 2:2C,3D 3:6C,1D 4:3C,6D 5:5D,4D 6:3C,5D", first=D, start=1)


@finite_machines.table("Thumper", ASHLOCK_2008, memory=None)
def thumper() -> Machine:
    """Answers a defection with two, whatever happens meanwhile."""
    return _machine("1:1C,2D 2:1D,1D", first=C, start=1)


@finite_machines.table("Evolved FSM 4", library("Marc Harper"), memory=None)
def evolved_fsm_4() -> Machine:
    """A machine of four states, trained by an evolutionary algorithm."""
    return _machine("0:0C,2D 1:3D,0C 2:2D,1C 3:3D,1D", first=C, start=0)


@finite_machines.table("Evolved FSM 6", library("Frederick Vincent & Dashiell Fryer"), memory=None)
def evolved_fsm_6() -> Machine:
    """A machine of six states, trained by an evolutionary algorithm."""
    return _machine("2:2D,7D 3:6D,4C 4:4C,6D 5:2D,7D 6:3C,5D 7:2C,3D", first=C, start=4)


@finite_machines.table("Evolved FSM 16", library("Marc Harper"), memory=None)
def evolved_fsm_16() -> Machine:
    """A machine of sixteen states, trained by an evolutionary algorithm."""
    return _machine(
        "0:0C,12D 1:3D,6C 2:2D,14D 3:3D,3D 5:12D,10D 6:5C,12D 7:3D,1C 8:5C,5C 10:11D,8C 11:15D,5D "
        "12:8C,11D 13:13D,7D 14:13D,13D 15:15D,2C",
        first=C,
        start=0,
    )


@finite_machines.table("Evolved FSM 16 Noise 05", library("Marc Harper"), memory=None)
def evolved_fsm_16_noise_05() -> Machine:
    """A machine of sixteen states, trained in matches with 5% noise."""
    return _machine(
        "0:8C,3D 1:13C,15D 2:12C,3D 3:10C,3D 4:5D,4D 5:4D,10D 6:8C,6D 8:2C,4D 10:4D,1D 11:14D,13C "
        "12:13C,2C 13:13C,6C 14:3D,13D 15:5D,11C",
        first=C,
        start=0,
    )


@finite_machines.table("TF1", library("Marc Harper"), memory=None)
def tf_1() -> Machine:
    """A machine trained to take over a population in the Moran process."""
    return _machine(
        "0:7C,1C 1:11D,11D 2:8D,8C 3:3C,12D 4:6C,3C 5:11C,8D 6:13D,14C 7:4D,2D 8:14D,8D 9:0C,10D "
        "10:8C,15C 11:6D,5D 12:6D,9D 13:9D,8D 14:8D,13D 15:4C,5C",
        first=C,
        start=0,
    )


@finite_machines.table("TF2", library("Marc Harper"), memory=None)
def tf_2() -> Machine:
    """A second machine trained to take over in the Moran process."""
    return _machine(
        "0:13D,12D 1:3D,4D 2:14D,9D 3:0C,1D 4:1D,2D 7:12D,2D 8:7D,9D 9:8D,0D 10:2C,15C 11:7D,13D "
        "12:3C,8D 13:7C,10D 14:10D,7D 15:15C,11D",
        first=C,
        start=0,
    )


@finite_machines.table("TF3", library("Marc Harper"), memory=None)
def tf_3() -> Machine:
    """A third machine trained to take over in the Moran process."""
    return _machine(
        "0:0C,3C 1:5D,0C 2:3C,2D 3:4D,6D 4:3C,1D 5:6C,3D 6:6D,6D 7:7D,5C", first=C, start=0
    )


def _machine(states: str, first: Action, start: int) -> Machine:
    """Read `state:2C,3D` entries: where the other's C and D lead, and what is played then."""
    rows = []
    for entry in states.split():
        state, moves = entry.split(":")
        for seen, move in zip((C, D), moves.split(","), strict=True):
            rows.append((int(state), seen, int(move[:-1]), move[-1]))
    return mealy(rows, first, start)
