"""What the proof costs: against psql alone, and along a chain that grows."""
