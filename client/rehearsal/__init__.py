"""A dress rehearsal: a class of bots plays a seminar and measures the server."""
