"""Days of conversations in which anything may break at any moment, and what should have been said all the same."""
