"""Rules of the schema at the end of each phase."""
