//! contentzavod-core
