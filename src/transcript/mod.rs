//! Transcript files of any format, read into the model.
