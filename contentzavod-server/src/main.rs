//! The binary `contentzavod`.

fn main() {}
