"""Boxes that open over a screen."""
