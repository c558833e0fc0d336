"""Tournaments of bots: described, played on any engine, stored, shown and played again.

`spec` says what a tournament is; `kinds` plays its pieces; `engines` and `run` get them played;
`store` keeps them. What they compute is `game_rules.contests`' business.
"""
