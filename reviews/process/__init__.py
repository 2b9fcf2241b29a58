"""The process of a review as it is declared, whether each review kept to it, and where it left it (R-11, G-02)."""
