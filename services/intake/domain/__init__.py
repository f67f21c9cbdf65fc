"""What is true of reports and their review, whatever stores or shows them."""
