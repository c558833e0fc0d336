"""The short form of docs/evidence.md: few seeds, signs alone; and how results are kept."""

from pathlib import Path

import pytest

from game_rules.games.changes import parameter_of
from game_rules.games.stage_games import C, D
from game_rules.roles import Seat
from game_rules.scenario.moves import MoveKind
from tests.evidence import pages
from tests.evidence.__main__ import PARTS, main
from tests.evidence.intervals import interval
from tests.evidence.matches import EvidenceTable, played
from tests.evidence.pages import PAGES, mark_of, page_of, played_of, sections, written
from tests.evidence.parts import BLOCS, MEMBERS, QUAD, TAIWAN, members_of
from tests.evidence.profiles import ladders, reply
from tests.evidence.runs import Runs, Want, scenario_of
from tests.evidence.sensitivity import (
    EQUILIBRIA,
    fragile,
    shaken_labels,
    with_power_changed,
)
from tests.evidence.treatments import (
    AS_IT_IS,
    BY_LINE,
    CONDITIONS,
    NO_MOVES,
    RECOMMENDED,
    SECOND,
    SHAKEN,
    Treatment,
    always,
    repeating,
    with_terms_changed,
)

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
CHN, TWN, USA, JPN = map(Seat, ("CHN", "TWN", "USA", "JPN"))
FEW = range(1, 11)


def mean(region: str, treatment: Treatment, figure) -> float:
    rows = [played(scenario_of(region), treatment, seed) for seed in FEW]
    return sum(map(figure, rows)) / len(rows)


@pytest.mark.slow
def test_blocs_serve_their_members_and_cost_china_and_the_region():
    rows = {
        name: [played(scenario_of(QUAD), BLOCS[name], seed) for seed in FEW]
        for name in ("Quad and AUKUS held", "neither bloc exists")
    }
    held, without = rows.values()

    def more(one, other, figure) -> float:
        return sum(figure(x) - figure(y) for x, y in zip(one, other, strict=True))

    assert more(without, held, lambda x: x.index) > 0
    assert more(held, without, members_of) > 0
    assert more(without, held, lambda x: x.own[CHN]) > 0


@pytest.mark.slow
@pytest.mark.parametrize("seat", [TWN, USA, JPN])
def test_pressing_always_does_not_pay_taiwan_and_its_friends(seat):
    pressed, yielded = (
        mean(TAIWAN, always("strait", seat, action), lambda x: x.own[seat]) for action in (D, C)
    )
    assert pressed < yielded


@pytest.mark.slow
@pytest.mark.parametrize("region", ["korean_peninsula", "south_china_sea", "india_pakistan", QUAD])
def test_crises_happen(region):
    assert mean(region, AS_IT_IS, lambda x: x.has_crisis) >= 0.2


@pytest.mark.slow
def test_trust_building_takes_tension_from_the_quad():
    treated, base = RECOMMENDED["1 trust"]
    tensions = [mean(QUAD, x, lambda x: x.tension) for x in (treated, base)]
    assert tensions[0] < tensions[1]


@pytest.mark.slow
@pytest.mark.parametrize("part", [ladders, reply])
def test_what_has_no_chance_in_it_holds(part):
    assert [bar for bar in part(Runs()) if not bar.holds] == []


def test_a_seat_plays_what_a_treatment_fixes_and_no_other_does():
    fixed = played(scenario_of(TAIWAN), always("strait", TWN, D), 3).shares
    free = played(scenario_of(TAIWAN), NO_MOVES, 3).shares
    assert fixed["strait TWN"] == 0 < free["strait TWN"]


def test_one_seat_repeats_one_move_and_nobody_moves_else():
    table = EvidenceTable(scenario_of(QUAD), repeating(JPN, MoveKind.LINK.value), "2")
    table.play()
    moves = [x for resolved in table.position.history for x in resolved.moves]
    assert {(x.seat, x.move.kind) for x in moves} == {(JPN, MoveKind.LINK)}
    assert len(moves) == len(table.position.history)


def test_a_second_source_is_no_joining():
    table = EvidenceTable(scenario_of("bri_corridors"), repeating(Seat("PAK"), SECOND), "2")
    table.play()
    moves = [x.move for resolved in table.position.history for x in resolved.moves]
    assert moves
    assert all(move.seats for move in moves)


def test_open_doors_halve_a_bloc_and_cost_its_members():
    before, after = (x.applied(scenario_of(QUAD), "1").arenas[0] for x in (NO_MOVES, _OPEN))
    assert (before.exclusive, after.exclusive) == (0.5, 0.25)
    assert parameter_of(after.game, "b", 0) == parameter_of(before.game, "b", 0) - 1


_OPEN = BLOCS["the same, doors open"]


def test_what_is_left_out_is_not_played():
    row = played(scenario_of(QUAD), BLOCS["neither bloc exists"], 1)
    assert {key.split()[0] for key in row.shares} <= {
        "east_asia_summit",
        "disaster_relief",
        *(f"crisis_chn_{x}" for x in ("usa", "jpn", "ind")),
    }


def test_doctrines_reckon_by_the_line_where_they_are_told_to():
    rows = [played(scenario_of("south_china_sea"), x, 1) for x in (NO_MOVES, BY_LINE)]
    assert rows[0] != rows[1]


@pytest.mark.slow
def test_what_was_played_is_kept_and_not_played_again(tmp_path, monkeypatch):
    file, want = tmp_path / "kept.jsonl", Want(TAIWAN, NO_MOVES, range(1, 4))
    Runs(file).play([want])
    with file.open("a") as kept:
        kept.write('{"stamp": "cut off')
    monkeypatch.setattr("tests.evidence.runs.piece", lambda *_: pytest.fail("played again"))
    again = Runs(file)
    again.play([want])
    assert len(again.rows(TAIWAN, NO_MOVES, want.seeds)) == 3


def test_what_other_rules_gave_is_played_again(tmp_path, monkeypatch):
    file, want = tmp_path / "kept.jsonl", Want(TAIWAN, NO_MOVES, range(1, 3))
    Runs(file).play([want])
    monkeypatch.setattr("tests.evidence.runs.stamp_of", lambda _: "other rules")
    assert Runs(file).known == {}


def test_an_interval_says_on_which_side_of_0_a_mean_lies():
    assert interval([1.0, 2.0, 3.0]).is_above
    assert interval([-1.0, -2.0, -3.0]).is_below
    assert not interval([-1.0, 1.0]).excludes_zero


def test_the_page_tells_every_part_and_none_else(capsys):
    told = [line.split("`")[1] for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert told == list(PARTS)
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no part nothing; choose among crises" in capsys.readouterr().err


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_of_the_present_rules(name):
    """Else make it anew: docs/experiments.md and docs/sensitivity.md name the command."""
    assert mark_of(name) in page_of(name).read_text("utf-8")


def test_a_digest_is_of_numbers_and_not_of_words():
    text = (pages.FOLDER / "taiwan_strait.toml").read_text(encoding="utf-8")
    assert played_of(text) == played_of("# more\n" + text.replace("Chicken", "another game"))
    assert played_of(text) != played_of(text.replace("monitoring = 0.9", "monitoring = 0.8"))


def test_a_page_keeps_what_people_wrote_and_replaces_what_was_made():
    first = written("# A page\n\nWords.\n", mark_of("sensitivity"), "| old |")
    again = written(first, mark_of("sensitivity"), "| new |\n")
    assert again == f"# A page\n\nWords.\n\n{mark_of('sensitivity')}\n\n| new |\n"


@pytest.mark.slow
def test_a_page_is_made_by_its_parts(tmp_path, monkeypatch):
    shown = tmp_path / "page.md"
    shown.write_text("# Sensitivity\n", "utf-8")
    monkeypatch.setattr(pages, "page_of", lambda name: shown)
    monkeypatch.setitem(pages.PAGES, "sensitivity", {"The ladder": ladders})
    pages.main(["sensitivity", "--file", str(tmp_path / "kept.jsonl"), "--workers", "1"])
    assert "## The ladder\n\n| region |" in shown.read_text("utf-8")


@pytest.mark.slow
def test_one_part_is_made_anew_and_the_others_stay(tmp_path, monkeypatch, capsys):
    shown = tmp_path / "page.md"
    given = (
        f"# Page\n\n{mark_of('sensitivity')}\n\n## Kept\n\n| old |\n\n## The ladder\n\n| old |\n"
    )
    monkeypatch.setattr(pages, "page_of", lambda name: shown)
    parts = {"The ladder": ladders, "Kept": reply}
    monkeypatch.setitem(pages.PAGES, "sensitivity", parts)
    ask = ["sensitivity", "--only", "ladders", "--file", str(tmp_path / "kept.jsonl")]
    shown.write_text(given, "utf-8")
    pages.main(ask)
    made = sections(shown.read_text("utf-8"))
    assert list(made) == list(parts)
    assert made["Kept"] == "| old |"
    assert made["The ladder"].startswith("| region |")
    shown.write_text("# Page\n\nof other rules\n", "utf-8")
    with pytest.raises(SystemExit):
        pages.main(ask)
    assert "page.md is of other rules; make all of it, without --only" in capsys.readouterr().err


def test_blocs_are_held_or_gone():
    held, gone = CONDITIONS["blocs held"], CONDITIONS["no blocs"]
    scenario = scenario_of(QUAD)
    assert set(BLOCS["Quad and AUKUS held"].fixed) == set(held.fixed_in(scenario))
    assert [x.name for x in gone.applied(scenario, "1").arenas if x.exclusive] == []


def test_terms_are_shaken_by_a_tenth_at_most_and_otherwise_for_each_seed():
    scenario = scenario_of(QUAD)
    one, other = (SHAKEN.applied(scenario, seed).arenas[0].game for seed in ("1", "2"))
    for game in (one, other):
        share = parameter_of(game, "b", 0) / parameter_of(scenario.arenas[0].game, "b", 0)
        assert 0.9 <= share <= 1.1
    assert one != other


def test_power_is_shaken_alike_in_all_arenas_of_a_seat():
    scenario = scenario_of(QUAD)
    games = [x.arenas[0].game for x in (scenario, with_power_changed(scenario, "1"))]
    before, after = ([game.weight(place) for place in range(game.size)] for game in games)
    assert sum(after) == pytest.approx(1)
    assert before != after
    assert after == pytest.approx(before, rel=0.11)


@pytest.mark.slow
def test_the_strait_has_fragile_equilibria_and_the_quad_no_fragile_name():
    """Findings of the prototype that the engine shares: docs/sensitivity.md has all."""
    found = {region: shaken_labels(region, with_terms_changed, 60) for region in (QUAD, TAIWAN)}
    weak = {region: [x.label for x in fragile(rows)] for region, rows in found.items()}
    assert weak == {QUAD: [], TAIWAN: [("strait", EQUILIBRIA)]}


def test_the_command_prints_its_bars(tmp_path, capsys):
    assert main(["reply", "--file", str(tmp_path / "kept.jsonl")]) == 0
    assert "| yes |" in capsys.readouterr().out


def test_the_quads_members_are_those_of_its_arena():
    assert scenario_of(QUAD).arenas[0].members == MEMBERS
