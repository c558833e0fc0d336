"""An independent recomputation of matches of rules 2, from the text of a record alone.

Nothing of the rules is imported. What a round left behind is computed from what was played, from
the scenario and from the standing before, by formulas written down anew.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

Json = Any
NEAR = 1e-12

DEFAULTS = {
    "shadow": 3.0,
    "tension_of_defection": 0.18,
    "relief_of_cooperation": 0.06,
    "tension_of_blocs": 0.06,
    "wariness": 1.0,
    "entrapment": 2.5,
    "abandonment": 3.0,
    "support": 3.0,
    "brink_factor": 1.5,
    "stretch_cost": 1.5,
    "leverage_cost": 2.0,
}


def differences(text: str) -> list[str]:
    """List where a record differs from what it should say; each with both figures."""
    events = [json.loads(line).get("event") for line in text.splitlines()]
    return list(Replay().check([event for event in events if event]))


class Replay:
    """A match as its record tells it, checked round by round."""

    def __init__(self) -> None:
        self.scenario: Json = None
        self.standing: Json = None
        self.arenas: dict[str, Json] = {}
        self.effects: list[Json] = []
        self.round = 0

    def check(self, events: list[Json]) -> Iterator[str]:
        """Follow the events, and compare each round and each arena in force."""
        for event in events:
            kind = event["type"]
            if kind == "match_created":
                self.scenario, self.standing = event["scenario"], event["standing"]
                self.arenas = {x["name"]: x for x in self.scenario["arenas"]}
            elif kind in ("arena_opened", "arena_changed"):
                self.arenas[event["arena"]["name"]] = event["arena"]
            elif kind == "arena_closed":
                del self.arenas[event["arena"]]
            elif kind == "phase_opened" and event["round"] > self.round:
                self.round = event["round"]
                yield from self._terms()
            elif kind == "round_resolved":
                after = _changed(self.standing, event["change"])
                yield from self._resolved({**event, "standing": after})
                yield from self._lines(event)
                self.standing, self.effects = after, event["effects"]

    def _terms(self) -> Iterator[str]:
        """Compare the terms in force of every arena that has some."""
        for arena in self.arenas.values():
            wanted = (
                self._crisis(arena) if arena["name"].startswith("crisis_") else self._own(arena)
            )
            if wanted is not None:
                yield from self._compare(f"terms of {arena['name']}", arena["game"], wanted)

    def _own(self, arena: Json) -> Json:
        written = next(x for x in self.scenario["arenas"] if x["name"] == arena["name"])
        if "terms" not in written["game"] or arena["members"] != written["members"]:
            return None  # by a matrix; or joined, and so weighed anew
        members, terms = arena["members"], [dict(x) for x in written["game"]["terms"]]
        strength = self.standing["institutions"][arena["name"]]
        here = [x for x in self.effects if arena["name"] in (x["arena"], x["other_arena"])]
        for row in terms:
            row["e"] *= 1 - strength / 2
            row["c"] *= 1 - strength / 4
        for effect in here:
            self._move(effect, written, terms)
        hot = self._hot(members)
        rungs = self._rungs()
        inside = {p: r for p, r in rungs.items() if r >= 1 and set(p) <= set(members)}
        for seat, row in zip(members, terms, strict=True):
            rivals = self._rivals(seat)
            if written["exclusive"] == 0 and rivals & set(members):
                produced = self.standing.get("produced", {})
                row["c"] += DEFAULTS["shadow"] * self._z(seat, produced)
            row["e"] += DEFAULTS["wariness"] * sum(seat in pair for pair in inside)
            if written["domain"] == "economic":
                row["b"] -= DEFAULTS["wariness"] * max(inside.values(), default=0)
            if written.get("is_alliance"):
                worst = max((r for s, r in hot.items() if s != seat), default=1)
                row["c"] += DEFAULTS["entrapment"] * (worst - 1)
                row["e"] += DEFAULTS["abandonment"] * (seat in hot)
        return {**written["game"], "terms": terms}

    def _move(self, effect: Json, written: Json, terms: list[Json]) -> None:
        members, kind = written["members"], effect["kind"]
        rows = dict(zip(members, terms, strict=True))
        if kind == "confidence" and written["exclusive"] > 0:
            for row in terms:
                row["b"] -= 1
        if kind == "exercise":
            for row in terms:
                row["b"] += 1
        if kind == "restraint":
            row = rows[effect["makers"][0]]
            row["g"] -= min(1, max(0, row["g"]))
        if kind == "diversify" and effect["members"]:
            rows[effect["makers"][0]]["b"] *= 0.9
        if kind == "link":
            other = {effect["arena"], effect["other_arena"]} - {written["name"]}
            found = next(x for x in self.scenario["arenas"] if x["name"] in other)
            output = self.standing.get("produced", {}).get(found["name"], 0.0)
            for seat, theirs in zip(found["members"], found["game"]["terms"], strict=True):
                if seat in rows:
                    rows[seat]["g"] -= theirs["b"] * output / 2

    def _crisis(self, arena: Json) -> Json:
        one, other = arena["members"]
        stakes = dict(self.scenario.get("stakes") or {"T": 1.0, "R": 0.0, "P": -6.0, "S": -2.0})
        if self._rungs()[one, other] == 3:
            stakes["P"] *= DEFAULTS["brink_factor"]
        backed = [self._backed(x, y) for x, y in ((one, other), (other, one))]
        more = DEFAULTS["support"] * (backed[0] - backed[1])
        row, column = ({**stakes, "P": stakes["P"] + x} for x in (more, -more))
        return {"type": "bimatrix", "row": row, "column": column}

    def _backed(self, seat: str, opponent: str) -> bool:
        held = self.standing.get("produced", {})
        return any(
            x.get("is_alliance")
            and seat in x["members"]
            and opponent not in x["members"]
            and held.get(x["name"], 0) > 0
            for x in self.scenario["arenas"]
        )

    def _resolved(self, event: Json) -> Iterator[str]:
        scored = [(self.arenas[x["arena"]], x["actions"], x["payoffs"]) for x in event["results"]]
        for arena, actions, payoffs in scored:
            paid = {s: _payoff(arena, s, actions) for s in arena["members"]}
            yield from self._compare(f"payoffs in {arena['name']}", payoffs, paid)
        after, before = event["standing"], self.standing
        yield from self._compare("gains", event["gains"], self._gains(event, scored))
        yield from self._compare("tension", after["rivals"], self._tensions(scored))
        yield from self._compare("trust", after["faith"], self._faith(event, scored))
        dependency = self._dependency(scored)
        yield from self._compare("dependency", after["dependency"], dependency)
        wanted = self._institutions(event, scored)
        yield from self._compare("institutions", after["institutions"], wanted)
        calm = 0 if any(x["is_in_crisis"] for x in after["rivals"]) else before["calm_rounds"] + 1
        yield from self._compare("calm", after["calm_rounds"], calm)
        index = self._index(scored, after, calm)
        yield from self._compare("index", after["integration"], index)

    def _lines(self, event: Json) -> Iterator[str]:
        """Compare the lines with the gains that they are part of."""
        gains = {x["seat"]: 0.0 for x in self.scenario["players"]}
        paid = [result["payoffs"] for result in event["results"]]
        for line in (*paid, *event.get("lines", {}).values()):
            for seat, points in line.items():
                gains[seat] += points
        yield from self._compare("lines", event["gains"], gains)

    def _gains(self, event: Json, scored: list) -> Mapping[str, float]:
        gains = {x["seat"]: 0.0 for x in self.scenario["players"]}
        for _, _, payoffs in scored:
            for seat, points in payoffs.items():
                gains[seat] += points
        made = {a["name"]: _output(a, acted) for a, acted, _ in scored}
        for player in self.scenario["players"]:
            seat = player["seat"]
            gains[seat] -= DEFAULTS["shadow"] / 2 * self._z(seat, made)
            kept = [1 for a, acted, _ in scored if _is_common(a) and acted.get(seat) == "C"]
            beyond = max(0, len(kept) - player.get("capacity", 3))
            gains[seat] -= DEFAULTS["stretch_cost"] * beyond * (beyond + 1) / 2
            gains[seat] -= self._leverage(seat, scored)
        for move in event["moves"]:
            gains[move["seat"]] -= move["cost"]
        for seat, points in event["settlements"].items():
            gains[seat] += points
        return gains

    def _leverage(self, seat: str, scored: list) -> float:
        partner, lean = _leaning(self.standing["dependency"], seat)
        is_felt = any(
            seat in acted and acted.get(partner) == "D"
            for arena, acted, _ in scored
            if _is_common(arena) and not arena.get("is_alliance")
        )
        return DEFAULTS["leverage_cost"] * lean if lean >= 0.2 - 1e-9 and is_felt else 0.0

    def _tensions(self, scored: list) -> list[Json]:
        found = []
        for pair in self.standing["rivals"]:
            seats, old = pair["seats"], pair["tension"]
            met = [(a, x) for a, x, _ in scored if set(seats) <= set(a["members"])]
            acts = [acted[seat] for _, acted in met for seat in seats]
            new = old + DEFAULTS["tension_of_blocs"] * min(1, self._pressure(seats, scored))
            if acts:
                share = acts.count("D") / len(acts)
                new += DEFAULTS["tension_of_defection"] * share
                new -= DEFAULTS["relief_of_cooperation"] * (1 - share)
            new += self._influence(seats, scored)
            clear = {x["arena"] for x in self.effects if x["kind"] == "confidence"}
            new -= 0.03 * sum(a["name"] in clear for a, _ in met)
            new = min(1.0, max(0.0, new))
            rung = (new >= 0.5 - 1e-9) + (new >= 0.8 - 1e-9)
            both = [a for a, acted in met if {acted[seat] for seat in seats} == {"D"}]
            if rung == 2 and any(not _is_common(a) for a in both):
                rung = 3
            arming = pair["arming_rounds"] + 1 if both and new > old else 0
            told = {"seats": seats, "tension": new, "is_in_crisis": rung >= 2}
            found.append({**told, "arming_rounds": arming, **({"rung": rung} if rung else {})})
        return found

    def _influence(self, seats: list[str], scored: list) -> float:
        whole = 0.0
        for player in self.scenario["players"]:
            influence = player.get("influence")
            if influence and set(influence["pair"]) == set(seats):
                acts = [x[player["seat"]] for _, x, _ in scored if player["seat"] in x]
                whole += influence["of_d"] * acts.count("D") / len(acts)
                whole -= influence["of_c"] * acts.count("C") / len(acts)
        return whole

    def _pressure(self, seats: list[str], scored: list) -> float:
        whole = 0.0
        for arena, acted, _ in scored:
            outside = [seat for seat in seats if seat not in arena["members"]]
            if arena["exclusive"] > 0 and len(outside) == 1:
                whole += self._worry(arena, outside[0]) * _output(arena, acted)
        return whole

    def _faith(self, event: Json, scored: list) -> Json:
        faith = {i: dict(row) for i, row in self.standing["faith"].items()}
        seen = {
            (x["observer"], x["result"]["arena"]): x["result"]["actions"]
            for x in event["sightings"]
        }
        broken = {(x["arena"], x["seat"]) for x in event["breaches"] if x["is_public"]}
        places: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for arena, acted, _ in scored:
            for i, j in product(arena["members"], repeat=2):
                if i != j:
                    look = seen.get((i, arena["name"]), acted)[j]
                    bad = 2.0 if (arena["name"], j) in broken else 1.0
                    judged = (1.0, 0.0) if look == "C" else (0.0, bad)
                    places.setdefault((i, j), []).append(judged)
        for (i, j), judged in places.items():
            good, bad = (sum(x[k] for x in judged) / len(judged) for k in (0, 1))
            alpha, beta = faith[i].get(j, (1.0, 1.0))
            faith[i][j] = [0.9 * alpha + good, 0.9 * beta + 2 * bad]
        return faith

    def _dependency(self, scored: list) -> Json:
        sources = {
            (x["arena"], x["makers"][0], partner)
            for x in self.effects
            if x["kind"] == "diversify"
            for partner in x["members"]
        }
        found = {}
        for seat, row in self.standing["dependency"].items():
            whole, made = 0.0, {}
            for arena, acted, _ in scored:
                if seat in arena["members"] and _is_common(arena):
                    worth, weight = _benefit(arena, seat, acted), _weights(arena)
                    whole += worth
                    together = sum(weight[x] for x in acted if acted[x] == "C")
                    for giver in acted:
                        if worth and giver != seat and acted[giver] == "C":
                            half = 0.5 if (arena["name"], seat, giver) in sources else 1.0
                            part = half * worth * weight[giver] / together
                            made[giver] = made.get(giver, 0.0) + part
            new = {other: 0.8 * share for other, share in row.items()}
            for giver, part in made.items():
                new[giver] = new.get(giver, 0.0) + 0.2 * part / whole
            found[seat] = new
        return found

    def _institutions(self, event: Json, scored: list) -> Json:
        strengths = dict(self.standing["institutions"])
        funds = [
            (x["move"]["arena"], x["seat"]) for x in event["moves"] if x["move"]["kind"] == "fund"
        ]
        for arena, _, _ in scored:
            if _is_common(arena):
                paid = sum(where == arena["name"] for where, _ in funds) / len(arena["members"])
                strengths[arena["name"]] = min(1, 0.9 * strengths[arena["name"]] + 0.3 * paid)
        return strengths

    def _index(self, scored: list, after: Json, calm: int) -> Json:
        blocs = [set(a["members"]) for a, _, _ in scored if a["exclusive"] > 0]
        shares = [(a, _efficiency(a, paid)) for a, _, paid in scored]
        inside = [(x, len(a["members"])) for a, x in shares if a["exclusive"] > 0 and x is not None]
        reached = [(a, x) for a, x in shares if a["exclusive"] == 0 and x is not None]
        whole = _weighed([(x, len(a["members"])) for a, x in reached])
        pairs = [
            (x, sum(not any({*p} <= b for b in blocs) for p in combinations(a["members"], 2)))
            for a, x in reached
        ]
        across = _weighed(pairs) if any(n for _, n in pairs) else whole
        trusts = [a / (a + b) for row in after["faith"].values() for a, b in row.values()]
        rows = after["dependency"]
        free = [1 - min(1, 2 * _leaning(rows, seat)[1]) for seat in rows]
        tensions = [x["tension"] for x in after["rivals"]]
        means = [whole, across, *(sum(x) / len(x) for x in (trusts, free))]
        parts = [max(0.05, x) for x in (*means, 1 - sum(tensions) / len(tensions))]
        product_of = 1.0
        for part in parts:
            product_of *= part
        index = 100 * product_of**0.2
        outlook = "contested"
        if calm == 0 or index <= 31:
            outlook = "pessimistic"
        elif index >= 65 and calm >= 2:
            outlook = "optimistic"
        names = ("cooperation", "cross_bloc", "trust", "autonomy", "calm")
        told = {"index": index, "outlook": outlook, **dict(zip(names, parts, strict=True))}
        return {**told, "inside": _weighed(inside)} if inside else told

    def _rungs(self) -> dict[tuple[str, str], int]:
        return {tuple(x["seats"]): x.get("rung", 0) for x in self.standing["rivals"]}

    def _rivals(self, seat: str) -> set[str]:
        return {x for pair in self.scenario["rivals"] for x in pair if seat in pair} - {seat}

    def _hot(self, members: list[str]) -> dict[str, int]:
        hot: dict[str, int] = {}
        for pair, rung in self._rungs().items():
            for one, other in (pair, pair[::-1]):
                if rung >= 2 and one in members and other not in members:
                    hot[one] = max(hot.get(one, 0), rung)
        return hot

    def _worry(self, arena: Json, outsider: str) -> float:
        written = next(x for x in self.scenario["arenas"] if x["name"] == arena["name"])
        here = [x for x in self.effects if x["arena"] == arena["name"]]
        x = written["exclusive"] * (0.5 if any(y["kind"] == "confidence" for y in here) else 1)
        drills = [y for y in here if y["kind"] == "exercise" and outsider not in y["members"]]
        return min(1, 1.5 * x) if drills else x

    def _z(self, seat: str, produced: Mapping[str, float]) -> float:
        rivals = self._rivals(seat)
        whole = 0.0
        for arena in self.scenario["arenas"]:
            if seat not in arena["members"] and rivals & set(arena["members"]):
                whole += self._worry(arena, seat) * produced.get(arena["name"], 0.0)
        return min(1.0, whole)

    def _compare(self, what: str, told: Json, wanted: Json) -> Iterator[str]:
        for place, one, other in _apart(told, wanted, ""):
            yield f"round {self.round}: {what}{place}: {one} is told, {other} is right"


def _changed(before: Json, change: Json) -> Json:
    """Put the changed entries of a standing over the one before."""
    after = {**before, **{key: x for key, x in change.items() if key != "keeps"}}
    for key in ("faith", "affinity", "dependency"):
        rows = {seat: dict(row) for seat, row in before[key].items()}
        for seat, row in change[key].items():
            rows[seat] = {**rows.get(seat, {}), **row}
        after[key] = rows
    for key in ("institutions", "norms"):
        after[key] = {**before[key], **change[key]}
    pairs = {tuple(x["seats"]): x for x in (*before["rivals"], *change["rivals"])}
    return {**after, "rivals": list(pairs.values())}


def _is_common(arena: Json) -> bool:
    return not arena["name"].startswith("crisis_")


def _weights(arena: Json) -> dict[str, float]:
    shares = arena["game"].get("weights") or [0.5, 0.5]
    return dict(zip(arena["members"], shares, strict=True))


def _output(arena: Json, acted: Mapping[str, str]) -> float:
    weight = _weights(arena)
    together = sum(weight[x] for x in arena["members"] if acted[x] == "C")
    return together if together >= arena["game"].get("theta", 0) - 1e-12 else 0.0


def _payoff(arena: Json, seat: str, acted: Mapping[str, str]) -> float:
    game, members = arena["game"], arena["members"]
    if game["type"] == "bimatrix":
        corners = game["row" if seat == members[0] else "column"]
        other = acted[members[1] if seat == members[0] else members[0]]
        return corners[{"CC": "R", "CD": "S", "DC": "T", "DD": "P"}[acted[seat] + other]]
    weight, t = _weights(arena), game["terms"][members.index(seat)]
    made, own = _output(arena, acted), weight[seat]
    faith = sum(weight[x] for x in members if x != seat and acted[x] == "C") / (1 - own)
    if acted[seat] == "C":
        return t["b"] * made - t["c"] - t["e"] * (1 - faith)
    return t["sigma"] * t["b"] * made + t["g"] * faith - t["d"] * (1 - faith)


def _benefit(arena: Json, seat: str, acted: Mapping[str, str]) -> float:
    t = arena["game"]["terms"][arena["members"].index(seat)]
    return max(0.0, (1 if acted[seat] == "C" else t["sigma"]) * t["b"] * _output(arena, acted))


def _efficiency(arena: Json, payoffs: Mapping[str, float]) -> float | None:
    joint = []
    for letters in product("CD", repeat=len(arena["members"])):
        acted = dict(zip(arena["members"], letters, strict=True))
        joint.append(sum(_payoff(arena, seat, acted) for seat in arena["members"]))
    low, high = min(joint[0], joint[-1]), max(joint)
    if high - low < 1e-12:
        return None
    return min(1.0, max(0.0, (sum(payoffs.values()) - low) / (high - low)))


def _leaning(rows: Json, seat: str) -> tuple[str | None, float]:
    found, most = None, 0.0
    for other in rows:
        lean = rows[seat].get(other, 0.0) - rows[other].get(seat, 0.0)
        if lean > most + 1e-9:
            found, most = other, lean
    return found, most


def _weighed(figures: list) -> float:
    return sum(x * n for x, n in figures) / sum(n for _, n in figures)


def _apart(told: Json, wanted: Json, place: str) -> Iterator[tuple[str, Json, Json]]:
    """Yield every place where two documents differ; numbers by more than a rounding."""
    if isinstance(told, dict) and isinstance(wanted, dict) and told.keys() == wanted.keys():
        for key in told:
            yield from _apart(told[key], wanted[key], f"{place}.{key}")
    elif isinstance(told, list) and isinstance(wanted, list) and len(told) == len(wanted):
        for i, (one, other) in enumerate(zip(told, wanted, strict=True)):
            yield from _apart(one, other, f"{place}[{i}]")
    elif isinstance(told, float | int) and isinstance(wanted, float | int):
        if abs(told - wanted) > NEAR * (1 + abs(wanted)):
            yield place, told, wanted
    elif told != wanted:
        yield place, told, wanted
