"""Template filters for the pages. What a value means is decided elsewhere; here it is written."""
