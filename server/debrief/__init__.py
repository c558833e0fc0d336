"""The debrief of a match as a page: words per language, charts, one HTML file."""
