"""What intake can be asked to do: one function, one transaction each."""
