"""Checking measures against hand-coded material, and estimating the tables they rest on."""
