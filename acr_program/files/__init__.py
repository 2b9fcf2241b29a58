"""Stored files, known by their content, and the manifests that name them."""
