"""Rules of seeds: rows only, twice as once, in their order."""
