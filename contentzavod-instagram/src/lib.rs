//! contentzavod-instagram
