"""Published criteria sets: what they say, how they are read, how one supersedes another."""
