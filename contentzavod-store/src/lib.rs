//! contentzavod-store
