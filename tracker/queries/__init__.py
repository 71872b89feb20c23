"""The only way to read: timelines, lists, and what a person may do now. Nothing here writes."""
