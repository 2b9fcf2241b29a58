"""The real company's data in the browser, with the clock of their time."""
