"""Rules version 1, complete and unchanging: stored matches are judged by it for ever."""
