"""What is true without a screen: the store, the journal, judging and the sync bundle."""
