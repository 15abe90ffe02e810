//! The surface table: under which names each language has each job.

/// A job, and the names of each surface that do it; a surface that lacks it has none.
pub(crate) struct Row {
    pub(crate) job: &'static str,
    /// The names, separated by white space.
    rust: &'static str,
}

impl Row {
    pub(crate) fn columns(&self) -> [(&'static str, Vec<String>); 1] {
        [("rust", self.rust.split_ascii_whitespace().map(str::to_owned).collect())]
    }
}

pub(crate) const SURFACE: &[Row] = &[Row { job: "a", rust: "b" }];
