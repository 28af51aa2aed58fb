"""Text for people: coloured at a terminal, plain in a pipe, ASCII where it must be."""
