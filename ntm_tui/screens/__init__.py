"""The work areas, a folder or file each."""
