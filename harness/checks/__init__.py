"""What is checked, from which evidence, and what is said of it."""
