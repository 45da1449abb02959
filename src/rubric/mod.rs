//! The rubric: data that decides what is asked and what it is worth.
