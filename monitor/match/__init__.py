"""Posts to whom they are about."""
