"""A class of bots that plays a seminar before the class does, and measures how it goes."""
