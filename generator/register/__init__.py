"""The register of norms: who uses an entry of a pack, what is due for a look, what changed, whether a pack is whole."""
