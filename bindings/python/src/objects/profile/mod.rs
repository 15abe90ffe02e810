//! The profile: what it holds, how it is made, and its methods by subject.

mod diagnosing;
mod filling;
mod held;
mod members;
mod opening;
mod parsing;
mod receiving;

pub(crate) use held::Profile;
