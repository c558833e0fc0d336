"""Match records: logs as text that can be read, replayed and verified anywhere."""
