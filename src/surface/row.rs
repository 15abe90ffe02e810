//! A row of the surface table.

/// A job, and the names that do it on each surface, separated by white space. A surface without the job has none.
pub(crate) struct Row {
    pub(crate) job: &'static str,
    pub(super) rust: &'static str,
    pub(super) c: &'static str,
    pub(super) cpp: &'static str,
    pub(super) python: &'static str,
    pub(super) node: &'static str,
    /// Without the `cbp` in front.
    pub(super) command: &'static str,
}

impl Row {
    /// The surfaces and their names.
    pub(crate) fn columns(&self) -> [(&'static str, Vec<String>); 6] {
        let names = |names: &str| names.split_ascii_whitespace().map(str::to_owned).collect();
        let commands = self.command.split_ascii_whitespace().map(|name| format!("cbp {name}")).collect();
        [
            ("rust", names(self.rust)),
            ("c", names(self.c)),
            ("cpp", names(self.cpp)),
            ("python", names(self.python)),
            ("node", names(self.node)),
            ("command", commands),
        ]
    }
}

pub(super) const NONE: Row = Row { job: "", rust: "", c: "", cpp: "", python: "", node: "", command: "" };
