"""Tournaments of bots: specified, played on any engine, stored, shown and replayed.

`spec` describes a tournament; `kinds` plays its pieces; `engines` and `run` execute them; `store`
keeps them. `game_rules.contests` does the computing.
"""
