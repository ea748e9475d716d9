"""Questions, work orders and complaints: said, sent, printed, and followed by number, paper or card. Used by three services."""
