"""Trains the prompt classifier that the Inference service ships (see README.md)."""
