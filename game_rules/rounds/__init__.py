"""One round: which arenas are played, what news changes, what is paid and what is seen."""
