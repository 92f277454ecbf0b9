"""Pages for those who ask and for those who follow up."""
