"""What pages are made of: tags, forms, lists, charts; no models."""
