"""Rules of downtime: locks, scans, rewrites, waiting, killing, as the server was seen to do."""
