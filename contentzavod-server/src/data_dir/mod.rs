//! The data directory: its lock, its generated key, what lies where.
