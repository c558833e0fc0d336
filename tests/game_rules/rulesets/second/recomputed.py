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

CONSEQUENCES = {
    "shadow": 3.0,
    "tension_of_defection": 0.18,
    "relief_of_cooperation": 0.06,
    "tension_of_blocs": 0.06,
    "strained_tension": 0.5,
    "crisis_tension": 0.8,
    "wariness": 1.0,
    "entrapment": 2.5,
    "abandonment": 3.0,
    "support": 3.0,
    "brink_factor": 1.5,
    "stretch_cost": 1.5,
    "leverage_cost": 2.0,
    "supplier_share": 0.2,
    "second_share": 0.1,
    "least_part": 0.05,
    "optimistic_index": 65.0,
    "pessimistic_index": 31.0,
}
COSTS = {"confidence": 0.5, "exercise": 2.0, "link": 0.5, "fund": 0.5, "diversify": 2.0}
"""What a move costs; a second source costs half of joining, and what is not here is free."""

PUBLIC = ("treaty", "escrow", "executed")
LETTERS = ("T", "R", "P", "S")


def differences(text: str) -> list[str]:
    """List where a record differs from what it should say; each with both figures."""
    events = [json.loads(line).get("event") for line in text.splitlines()]
    return list(Replay().check([event for event in events if event]))


class Replay:
    """A match as its record tells it, checked round by round."""

    def __init__(self) -> None:
        self.scenario: Json = None
        self.standing: Json = None
        self.c: Mapping[str, float] = CONSEQUENCES
        self.arenas: dict[str, Json] = {}
        self.effects: list[Json] = []
        self.news: dict[str, Json] = {}
        self.pacts: list[Json] = []
        self.past: list[Json] = []
        self.round = 0

    def check(self, events: list[Json]) -> Iterator[str]:
        """Follow the events, and compare each round and each arena in force."""
        for event in events:
            kind = event["type"]
            if kind == "match_created":
                self.scenario, self.standing = event["scenario"], event["standing"]
                self.c = {**CONSEQUENCES, **self.scenario.get("consequences", {})}
                self.arenas = {x["name"]: x for x in self.scenario["arenas"]}
                yield from self._starts()
            elif kind in ("arena_opened", "arena_changed"):
                self.arenas[event["arena"]["name"]] = event["arena"]
            elif kind == "arena_closed":
                del self.arenas[event["arena"]]
            elif kind == "inject_opened":
                self.news[event["inject"]["name"]] = event
            elif kind == "inject_closed":
                del self.news[event["inject"]]
            elif kind == "pact_concluded":
                self.pacts.append(event["pact"])
            elif kind == "round_resolved":
                self.round = event["round"]
                yield from self._terms()
                yield from self._sought(event["moves"])
                after = _changed(self.standing, event["change"])
                yield from self._resolved({**event, "standing": after})
                self.standing, self.effects = after, event["effects"]
                self.pacts = event["pacts"]
                self.past.append(event)

    def _starts(self) -> Iterator[str]:
        starts = {tuple(x["seats"]): x["tension"] for x in self.scenario.get("starts", [])}
        told = {tuple(x["seats"]): x["tension"] for x in self.standing["rivals"]}
        yield from self._compare("tension at the start", [*told.items()], [*starts.items()])
        allies = [x["members"] for x in self.scenario["arenas"] if x.get("is_alliance")]
        for i, row in self.standing["faith"].items():
            wanted = {j: [3.0 if [i, j] in allies or [j, i] in allies else 1.0, 1.0] for j in row}
            yield from self._compare(f"trust of {i} at the start", row, wanted)

    def _terms(self) -> Iterator[str]:
        """Compare the game of every arena, and how exclusive it is."""
        pairs = {(x, y) for (x, y), rung in self._rungs().items() if rung >= 2}
        hot = {f"crisis_{x}_{y}".lower() for x, y in pairs}
        wanted = {x["name"] for x in self.scenario["arenas"]} | hot
        yield from self._compare("arenas", sorted(self.arenas), sorted(wanted))
        for arena in self.arenas.values():
            is_crisis = arena["name"].startswith("crisis_")
            game = self._crisis(arena) if is_crisis else self._own(arena)
            for each in self._news_in_force():
                for effect in each["inject"]["effects"]:
                    if effect["arena"] == arena["name"]:
                        game = _told(game, arena["members"], effect)
            yield from self._compare(f"terms of {arena['name']}", arena["game"], game)
            if not is_crisis:
                worry = self._worry(arena, None)
                what = f"exclusivity of {arena['name']}"
                yield from self._compare(what, arena["exclusive"], worry)

    def _news_in_force(self) -> Iterator[Json]:
        return (x for x in self.news.values() if x["first_round"] <= self.round)

    def _own(self, arena: Json) -> Json:
        written = next(x for x in self.scenario["arenas"] if x["name"] == arena["name"])
        if "terms" not in written["game"]:
            return written["game"]
        here = [x for x in self.effects if arena["name"] in (x["arena"], x["other_arena"])]
        written = self._joined(written, here)
        members, terms = written["members"], [dict(x) for x in written["game"]["terms"]]
        strength = self.standing["institutions"][arena["name"]]
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
                row["c"] += self.c["shadow"] * self._z(seat, produced)
            row["e"] += self.c["wariness"] * sum(seat in pair for pair in inside)
            if written["domain"] == "economic":
                row["b"] -= self.c["wariness"] * max(inside.values(), default=0)
            if written.get("is_alliance"):
                worst = max((r for s, r in hot.items() if s != seat), default=1)
                row["c"] += self.c["entrapment"] * (worst - 1)
                row["e"] += self.c["abandonment"] * (seat in hot)
        return {**written["game"], "terms": terms}

    def _joined(self, written: Json, here: list[Json]) -> Json:
        """Weigh an arena anew with whoever has joined it, on the common terms."""
        joiners = [x["makers"][0] for x in here if x["kind"] == "diversify" and not x["members"]]
        if not joiners:
            return written
        power = {
            x["seat"]: x["figures"][self.scenario["power"]]["value"]
            for x in self.scenario["players"]
        }
        members = [*written["members"], *joiners]
        raw = [written.get("weights", {}).get(seat, power[seat]) for seat in members]
        own = {(x["member"], x["parameter"]) for x in written["overrides"]}
        common = {}
        for key in written["game"]["terms"][0]:
            rows = zip(written["members"], written["game"]["terms"], strict=True)
            plain = [row[key] for seat, row in rows if (seat, key) not in own]
            common[key] = plain[0] if plain else written["game"]["terms"][0][key]
        terms = [*written["game"]["terms"], *(dict(common) for _ in joiners)]
        game = {**written["game"], "weights": [x / sum(raw) for x in raw], "terms": terms}
        return {**written, "members": members, "game": game}

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
            tempted = written["game"]["terms"][members.index(effect["makers"][0])]["g"]
            rows[effect["makers"][0]]["g"] -= min(1, max(0, tempted))
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
            stakes["P"] *= self.c["brink_factor"]
        backed = [self._backed(x, y) for x, y in ((one, other), (other, one))]
        more = self.c["support"] * (backed[0] - backed[1])
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

    def _sought(self, moves: list[Json]) -> Iterator[str]:
        """Compare of whom a seat that diversifies becomes freer: on whom it saw that it leans."""
        for each in moves:
            seat, move = each["seat"], each["move"]
            if move["kind"] == "diversify":
                partner, lean = _leaning(self._seen(seat), seat)
                leans = partner is not None and lean >= self.c["second_share"]
                is_away = partner not in self.arenas[move["arena"]]["members"]
                is_freer = move["seats"] == [partner] if move["seats"] else is_away
                what = f"{seat} seeks another source in {move['arena']}"
                yield from self._compare(what, leans and is_freer, True)

    def _seen(self, seat: str) -> Json:
        """Compute dependence from what a seat saw, on the terms in force; known without fog."""
        if self.scenario["monitoring"] >= 1:
            return self.standing["dependency"]
        rows: Json = {x["seat"]: {} for x in self.scenario["players"]}
        for event in self.past:
            wrong = {(x["observer"], x["result"]["arena"]): x["result"] for x in event["sightings"]}
            scored = []
            for true in event["results"]:
                eyes = seat if seat in true["actions"] else None
                acted = wrong.get((eyes, true["arena"]), true)["actions"]
                if arena := self.arenas.get(true["arena"]):
                    played = {x: acted.get(x, "D") for x in arena["members"]}
                    scored.append((arena, played, {}))
            rows = _depended(rows, scored, set())
        return rows

    def _resolved(self, event: Json) -> Iterator[str]:
        scored = [(self.arenas[x["arena"]], x["actions"], x["payoffs"]) for x in event["results"]]
        for arena, actions, payoffs in scored:
            paid = {s: _payoff(arena, s, actions) for s in arena["members"]}
            yield from self._compare(f"payoffs in {arena['name']}", payoffs, paid)
        after, before = event["standing"], self.standing
        broken, moved = self._settled(scored)
        told = [(x["arena"], x["seat"], x["forfeited"], x["is_public"]) for x in event["breaches"]]
        yield from self._compare("breaches", told, broken)
        yield from self._compare("settlements", event["settlements"], moved)
        lines = self._lines(event, scored, moved)
        yield from self._compare("lines", event.get("lines", {}), lines)
        yield from self._compare("gains", event["gains"], self._gains(scored, lines))
        yield from self._compare("tension", after["rivals"], self._tensions(scored))
        said = self._said(scored, broken)
        yield from self._compare("trust", after["faith"], self._faith(event, scored, said))
        dependency = self._dependency(scored)
        yield from self._compare("dependency", after["dependency"], dependency)
        wanted = self._institutions(event, scored)
        yield from self._compare("institutions", after["institutions"], wanted)
        made = {a["name"]: _output(a, acted) for a, acted, _ in scored}
        yield from self._compare("output", after["produced"], made)
        calm = 0 if any(x["is_in_crisis"] for x in after["rivals"]) else before["calm_rounds"] + 1
        yield from self._compare("calm", after["calm_rounds"], calm)
        index = self._index(scored, after, calm)
        yield from self._compare("index", after["integration"], index)

    def _settled(self, scored: list) -> tuple[list, dict[str, float]]:
        """Find the pledges that were broken, and what pacts move between seats."""
        acted = {arena["name"]: actions for arena, actions, _ in scored}
        broken, moved = [], {}

        def move(giver: str, takers: list[str], points: float) -> None:
            moved[giver] = moved.get(giver, 0.0) - points
            for taker in takers:
                moved[taker] = moved.get(taker, 0.0) + points / len(takers)

        for pact in self.pacts:
            terms = pact["terms"]
            first = len(broken)
            for pledge in terms["pledges"]:
                seat, arena = pledge["seat"], pledge["arena"]
                played = acted.get(arena, {}).get(seat, pledge["action"])
                if played != pledge["action"] and self._binds(pact, seat):
                    broken.append((arena, seat, terms["stake"], terms["binding"] in PUBLIC))
            for _, seat, stake, _ in broken[first:]:
                if stake:
                    move(seat, [x for x in terms["parties"] if x != seat], stake)
            for transfer in terms["transfers"]:
                if self._binds(pact, transfer["giver"]):
                    move(transfer["giver"], [transfer["taker"]], transfer["points"])
        return broken, moved

    def _binds(self, pact: Json, seat: str) -> bool:
        if not pact["first_round"] <= self.round <= pact["last_round"]:
            return False
        return not pact["terms"]["is_conditional"] or set(pact["breakers"]) <= {seat}

    def _said(self, scored: list, broken: list) -> dict[tuple[str, str], str]:
        """Name who kept a public pledge where, who broke one, and who is held to one by a link."""
        acted = {arena["name"]: actions for arena, actions, _ in scored}
        said = {
            (pledge["arena"], pledge["seat"]): "kept"
            for pact in self.pacts
            for pledge in pact["terms"]["pledges"]
            if pact["terms"]["binding"] in PUBLIC
            and acted.get(pledge["arena"], {}).get(pledge["seat"]) == pledge["action"]
            and self._binds(pact, pledge["seat"])
        }
        public = [(arena, seat) for arena, seat, _, is_public in broken if is_public]
        links = [*map(set, self.scenario["links"])]
        links += [{x["arena"], x["other_arena"]} for x in self.effects if x["kind"] == "link"]
        for arena, seat in public:
            said[arena, seat] = "broken"
        for arena, seat in public:
            for link in links:
                for other in link - {arena} if arena in link else ():
                    said[other, seat] = "linked"
        return said

    def _lines(self, event: Json, scored: list, moved: Mapping[str, float]) -> Json:
        """Compute the points beside those of arenas, kind by kind."""
        players = self.scenario["players"]
        made = {a["name"]: _output(a, acted) for a, acted, _ in scored}
        lines: dict[str, dict[str, float]] = {
            "shadow": {}, "stretch": {}, "leverage": {}, "moves": {}, "pacts": dict(moved)
        }  # fmt: skip
        for player in players:
            seat = player["seat"]
            kept = [1 for a, acted, _ in scored if _is_common(a) and acted.get(seat) == "C"]
            beyond = max(0, len(kept) - player.get("capacity", 3))
            taken = {
                "shadow": self.c["shadow"] / 2 * self._z(seat, made),
                "stretch": self.c["stretch_cost"] * beyond * (beyond + 1) / 2,
                "leverage": self._leverage(seat, scored),
            }
            for kind, points in taken.items():
                if points:
                    lines[kind][seat] = -points
        for each in event["moves"]:
            cost = COSTS.get(each["move"]["kind"], 0.0)
            cost /= 2 if each["move"]["kind"] == "diversify" and each["move"]["seats"] else 1
            if cost:
                lines["moves"][each["seat"]] = -cost
        return {kind: points for kind, points in lines.items() if points}

    def _gains(self, scored: list, lines: Json) -> Mapping[str, float]:
        gains = {x["seat"]: 0.0 for x in self.scenario["players"]}
        for _, _, payoffs in scored:
            for seat, points in payoffs.items():
                gains[seat] += points
        for line in lines.values():
            for seat, points in line.items():
                gains[seat] += points
        return gains

    def _leverage(self, seat: str, scored: list) -> float:
        partner, lean = _leaning(self.standing["dependency"], seat)
        is_felt = any(
            seat in acted and acted.get(partner) == "D"
            for arena, acted, _ in scored
            if _is_common(arena) and not arena.get("is_alliance")
        )
        is_enough = lean >= self.c["supplier_share"] - 1e-9
        return self.c["leverage_cost"] * lean if is_enough and is_felt else 0.0

    def _tensions(self, scored: list) -> list[Json]:
        found = []
        for pair in self.standing["rivals"]:
            seats, old = pair["seats"], pair["tension"]
            met = [(a, x) for a, x, _ in scored if set(seats) <= set(a["members"])]
            acts = [acted[seat] for _, acted in met for seat in seats]
            new = old + self.c["tension_of_blocs"] * min(1, self._pressure(seats, scored))
            if acts:
                share = acts.count("D") / len(acts)
                new += self.c["tension_of_defection"] * share
                new -= self.c["relief_of_cooperation"] * (1 - share)
            new += self._influence(seats, scored)
            clear = {x["arena"] for x in self.effects if x["kind"] == "confidence"}
            new -= 0.03 * sum(a["name"] in clear for a, _ in met)
            new = min(1.0, max(0.0, new))
            steps = (self.c["strained_tension"], self.c["crisis_tension"])
            rung = sum(new >= step - 1e-9 for step in steps)
            both = [a for a, acted in met if {acted[seat] for seat in seats} == {"D"}]
            if rung == 2 and any(not _is_common(a) for a in both):
                rung = 3
            arming = pair["arming_rounds"] + 1 if both and new > old + 1e-9 else 0
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

    def _faith(self, event: Json, scored: list, said: Mapping[tuple[str, str], str]) -> Json:
        faith = {i: dict(row) for i, row in self.standing["faith"].items()}
        seen = {
            (x["observer"], x["result"]["arena"]): x["result"]["actions"]
            for x in event["sightings"]
        }
        places: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for arena, acted, _ in scored:
            name, is_silent = arena["name"], self._is_silent(arena)
            for i, j in product(arena["members"], repeat=2):
                word = said.get((name, j))
                if i == j or (is_silent and word is None):
                    continue
                look = seen.get((i, name), acted)[j]
                if is_silent:
                    look = "C" if self._has_kept(name, j, acted) else "D"
                is_good = look == "C" and word != "linked"
                bad = 2.0 if word in ("broken", "linked") else 1.0
                places.setdefault((i, j), []).append((1.0, 0.0) if is_good else (0.0, bad))
        for (i, j), judged in places.items():
            good, bad = (sum(x[k] for x in judged) / len(judged) for k in (0, 1))
            alpha, beta = faith[i].get(j, (1.0, 1.0))
            faith[i][j] = [0.9 * alpha + good, 0.9 * beta + 2 * bad]
        return faith

    def _is_silent(self, arena: Json) -> bool:
        """Tell whether C is worse for the other in some case, so that actions say nothing."""
        known = [x["game"] for x in self.scenario["arenas"] if x["name"] == arena["name"]]
        game = known[0] if known else arena["game"]
        if game["type"] != "bimatrix":
            return False
        sides = (game["row"], game["column"])
        return not all(x["R"] >= x["S"] and x["T"] >= x["P"] for x in sides)

    def _has_kept(self, arena: str, seat: str, acted: Mapping[str, str]) -> bool:
        return any(
            (pledge["arena"], pledge["seat"]) == (arena, seat)
            and pledge["action"] == acted[seat]
            and pact["terms"]["binding"] in PUBLIC
            and self._binds(pact, seat)
            for pact in self.pacts
            for pledge in pact["terms"]["pledges"]
        )

    def _dependency(self, scored: list) -> Json:
        sources = {
            (x["arena"], x["makers"][0], partner)
            for x in self.effects
            if x["kind"] == "diversify"
            for partner in x["members"]
        }
        return _depended(self.standing["dependency"], scored, sources)

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
        if not any(a["exclusive"] == 0 for a, _ in shares):
            reached = [(a, x) for a, x in shares if x is not None]
        if not reached:
            each = [[*acted.values()] for _, acted, _ in scored]
            plain = sum(x.count("C") / len(x) for x in each) / len(each)
        whole = _weighed([(x, len(a["members"])) for a, x in reached]) if reached else plain
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
        tense = sum(tensions) / len(tensions) if tensions else 0.0
        parts = [max(self.c["least_part"], x) for x in (*means, 1 - tense)]
        product_of = 1.0
        for part in parts:
            product_of *= part
        index = 100 * product_of**0.2
        outlook = "contested"
        if calm == 0 or index <= self.c["pessimistic_index"]:
            outlook = "pessimistic"
        elif index >= self.c["optimistic_index"] and calm >= 2:
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

    def _worry(self, arena: Json, outsider: str | None) -> float:
        """Give how exclusive an arena is; to somebody outside, who hears of its exercises."""
        written = next(x for x in self.scenario["arenas"] if x["name"] == arena["name"])
        here = [x for x in self.effects if x["arena"] == arena["name"]]
        x = written["exclusive"] * (0.5 if any(y["kind"] == "confidence" for y in here) else 1)
        drills = [y for y in here if y["kind"] == "exercise" and outsider not in y["members"]]
        return min(1, 1.5 * x) if drills and outsider else x

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


def _told(game: Json, members: list[str], effect: Json) -> Json:
    """Change a game by news: every parameter stays within its limits."""
    name, change = effect["parameter"], effect["change"]
    if (name in LETTERS) != (game["type"] == "bimatrix"):
        return game
    if name == "theta":
        return {**game, "theta": min(1.0, max(0.0, game["theta"] + change))}
    low, high = -1000.0 if name in LETTERS else 0.0, 1.0 if name == "sigma" else 1000.0

    def put(row: Json) -> Json:
        return {**row, name: min(high, max(low, row[name] + change))}

    chosen = [effect["member"] in (None, seat) for seat in members]
    if game["type"] == "bimatrix":
        sides = zip(("row", "column"), chosen, strict=True)
        return {**game, **{side: put(game[side]) for side, is_meant in sides if is_meant}}
    terms = zip(game["terms"], chosen, strict=True)
    return {**game, "terms": [put(row) if is_meant else row for row, is_meant in terms]}


def _benefit(arena: Json, seat: str, acted: Mapping[str, str]) -> float:
    if arena["game"]["type"] == "bimatrix":
        with_them, alone = (
            _payoff(arena, seat, {x: acted[seat] if x == seat else y for x in arena["members"]})
            for y in "CD"
        )
        theirs = next(acted[x] for x in arena["members"] if x != seat)
        return max(0.0, with_them - alone) if theirs == "C" else 0.0
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


def _depended(rows: Json, scored: list, sources: set[tuple[str, str, str]]) -> Json:
    """Share out every seat's benefits of a round among those who made them, beside the old ones."""
    found = {}
    for seat, row in rows.items():
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
    elif _is_list(told) and _is_list(wanted) and len(told) == len(wanted):
        for i, (one, other) in enumerate(zip(told, wanted, strict=True)):
            yield from _apart(one, other, f"{place}[{i}]")
    elif isinstance(told, float | int) and isinstance(wanted, float | int):
        if abs(told - wanted) > NEAR * (1 + abs(wanted)):
            yield place, told, wanted
    elif told != wanted:
        yield place, told, wanted


def _is_list(found: Json) -> bool:
    return isinstance(found, list | tuple)
