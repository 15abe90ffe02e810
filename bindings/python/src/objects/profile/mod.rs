//! The profile: what it holds, how it is made, and its methods by subject.

mod columns;
mod diagnosing;
mod filling;
mod filling_many;
mod held;
mod members;
mod opening;
mod opening_many;
mod parsing;
mod receiving;

pub(crate) use held::Profile;
