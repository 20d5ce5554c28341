"""What pictures of a chat are drawn with, and the day that they show."""
