"""Rules of layout, manifest and statements: what needs no server."""
