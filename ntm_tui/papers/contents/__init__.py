"""What is written in papers: sentences and tables made of what `db.reporting` read."""
