"""The stored snapshots that reviewers read: what each phase leaves, what each migration does."""
