"""What happens when two people do the same thing at the same moment? Each test has a twin without our guard that fails."""
