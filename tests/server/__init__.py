"""A server can be had, says so when it cannot, and leaves nothing behind."""
