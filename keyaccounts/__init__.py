"""The key-account programme: chosen, incubated, judged, and judged again."""
