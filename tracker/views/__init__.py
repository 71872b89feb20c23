"""The inspectors' door: pages to read. A page asks `queries` and shows; nothing here writes."""
