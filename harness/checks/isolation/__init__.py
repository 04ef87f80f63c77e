"""Rules of isolation: nobody sees or changes another's rows."""
