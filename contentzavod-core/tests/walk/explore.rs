//! Breadth-first search over every reachable state; the shortest way to a broken promise is printed.

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Something that can be walked.
pub(crate) trait Walk: Clone + Hash {
    /// Every next state with the name of what led there.
    fn successors(&self) -> Vec<(String, Self)>;
    /// The state as it is counted: states that differ only in names are one.
    fn canonical(self) -> Self;
    /// What the promise says about this state.
    fn promise(&self) -> Result<(), String>;
}

/// What a walk found.
pub(crate) enum Found {
    /// The promise held everywhere.
    Nothing { states: usize, steps: usize },
    /// The shortest way to break it.
    Broken { why: String, path: Vec<String> },
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing { states, steps } => {
                write!(f, "0 violations in {states} states, {steps} steps")
            }
            Self::Broken { why, path } => {
                writeln!(f, "violated: {why}")?;
                for (number, step) in path.iter().enumerate() {
                    writeln!(f, "  {:>2}. {step}", number + 1)?;
                }
                Ok(())
            }
        }
    }
}

/// A state's fingerprint.
pub(crate) fn mark<T: Hash>(state: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    state.hash(&mut hasher);
    hasher.finish()
}

/// Walks every state.
pub(crate) fn walk<T: Walk>(start: &T) -> Found {
    let mut seen = HashSet::from([mark(&start)]);
    // How each state was reached: the state before, and which of its steps led here.
    let mut ways: Vec<(u32, u16)> = vec![(0, 0)];
    let mut level = vec![(0_u32, start.clone())];
    let mut steps = 0;
    while !level.is_empty() {
        let mut next_level = Vec::new();
        for (index, state) in level {
            if let Err(why) = state.promise() {
                let path = path_to(start, &ways, index);
                return Found::Broken { why, path };
            }
            for (step, (_, next)) in state.successors().into_iter().enumerate() {
                let next = next.canonical();
                steps += 1;
                if seen.insert(mark(&next)) {
                    let number = u32::try_from(ways.len()).expect("fewer than 2^32 states");
                    ways.push((index, u16::try_from(step).expect("few steps")));
                    next_level.push((number, next));
                }
            }
        }
        level = next_level;
    }
    Found::Nothing {
        states: seen.len(),
        steps,
    }
}

/// Walks the way to a state again and notes the names of its steps.
fn path_to<T: Walk>(start: &T, ways: &[(u32, u16)], mut index: u32) -> Vec<String> {
    let mut steps = Vec::new();
    while index != 0 {
        let (before, step) = ways[index as usize];
        steps.push(usize::from(step));
        index = before;
    }
    let mut state = start.clone();
    let mut path = Vec::new();
    for step in steps.into_iter().rev() {
        let (name, next) = state.successors().swap_remove(step);
        path.push(name);
        state = next.canonical();
    }
    path
}
