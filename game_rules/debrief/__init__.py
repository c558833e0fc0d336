"""The debrief of a match, made from its log alone: sentences, and the tables they rest on."""
