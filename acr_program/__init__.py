"""The program as a whole: one package for each concern that all its apps share."""
