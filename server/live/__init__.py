"""People who are connected: sessions, presence, attendance and branches."""
