"""The program, its years, and who answers for what."""
