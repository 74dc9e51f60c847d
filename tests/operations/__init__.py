"""The service as it is run for real: faults, floods, figures, logs and what stands around it."""
