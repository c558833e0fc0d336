"""Commands about one match: play, bot, rehearse, replay, export, verify."""
