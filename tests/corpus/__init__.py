"""Templates with what they print, as files, and the means to read them and to ask the Java engine again."""
