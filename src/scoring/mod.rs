//! From checks to scores, and the proof behind them.
