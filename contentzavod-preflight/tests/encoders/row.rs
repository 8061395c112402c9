//! One file: how it is made, and what must be said of it.

/// How a file comes to be.
#[derive(Debug, Clone)]
pub(crate) enum Make {
    /// ffmpeg with these arguments before the output.
    Ffmpeg(String),
    /// Another row's file, its bytes changed.
    Changed(&'static str, fn(Vec<u8>) -> Vec<u8>),
}

/// A file and what is expected of it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Its name, with the ending that tells ffmpeg the container.
    pub(crate) name: &'static str,
    pub(crate) make: Make,
    /// Ids of rules that refuse it.
    pub(crate) errors: Vec<&'static str>,
    /// Ids of rules that warn.
    pub(crate) warnings: Vec<&'static str>,
    /// ffprobe reads it too, and agrees.
    pub(crate) probed: bool,
}

impl Row {
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'static str> + use<> {
        let mut all = self.errors.clone();
        all.extend(&self.warnings);
        all.into_iter()
    }

    /// Nothing else than these is told; `*` in front marks errors.
    pub(crate) fn told(mut self, rules: &'static str) -> Self {
        for rule in rules.split_whitespace() {
            match rule.strip_prefix('*') {
                Some(rule) => self.errors.push(rule),
                None => self.warnings.push(rule),
            }
        }
        self
    }

    /// ffprobe cannot read it, or says of it what we do not mean.
    pub(crate) const fn unprobed(mut self) -> Self {
        self.probed = false;
        self
    }
}

/// A file that ffmpeg makes.
pub(crate) fn made(name: &'static str, arguments: impl Into<String>) -> Row {
    row(name, Make::Ffmpeg(arguments.into()))
}

/// A file that another becomes.
pub(crate) fn changed(
    name: &'static str,
    from: &'static str,
    change: fn(Vec<u8>) -> Vec<u8>,
) -> Row {
    row(name, Make::Changed(from, change))
}

const fn row(name: &'static str, make: Make) -> Row {
    Row {
        name,
        make,
        errors: Vec::new(),
        warnings: Vec::new(),
        probed: true,
    }
}
