"""What a document says, from the account's own figures: one module for each kind of section, and the tokens of prose."""
