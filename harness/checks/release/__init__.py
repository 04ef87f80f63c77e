"""Rules of releases: what an expand may add, a contract remove, and old clients go on doing."""
