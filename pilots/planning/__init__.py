"""Which accounts make the smallest pilot that covers what is asked: plain data in, a plan with its reasons out; no Django."""
