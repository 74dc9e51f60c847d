"""For whoever runs it: health, figures, the access log, what helped."""
