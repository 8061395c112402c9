//! contentzavod-preflight
