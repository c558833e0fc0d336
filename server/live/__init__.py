"""Connected people: sessions, presence, attendance and branches."""
