"""The checklist as records, judged: what can be known of it without opening the store for work."""
