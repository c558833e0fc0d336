"""What several commands use: screens, words, values and errors."""
