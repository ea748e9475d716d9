"""What the office says as screens and sheets show it: plain functions, without a step or a session."""
