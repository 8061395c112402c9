//! contentzavod-client
