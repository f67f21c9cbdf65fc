"""What intake asks of the world outside its own database."""
