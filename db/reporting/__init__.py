"""What a report says, without a screen and without a page: read from the store and its journal."""
