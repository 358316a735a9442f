"""The sync bundle: bytes in, frozen records out."""
