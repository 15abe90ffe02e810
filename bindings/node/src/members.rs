//! A plain object's members as JSON text: the names and values come in as one text and their lengths
//! (`lib/members.cjs`), and what goes out is what `JSON.stringify` writes of the object.

use crate::utf16::{ascii_json, push_json_content, push_utf8};

/// Appends the object, but stops a little after `limit` bytes: the core refuses the rest by its length.
///
/// `text` is all names and values, `lengths` has that of each name and that of its value: the negative one of a JSON text
/// or the length of a string. `None` if they do not fit together.
pub(crate) fn push_object(
    out: &mut Vec<u8>,
    text: &[u16],
    lengths: &[i32],
    count: u32,
    limit: usize,
) -> Option<()> {
    let lengths = lengths.as_chunks().0.get(..usize::try_from(count).ok()?)?;
    // Most records are ASCII without anything to escape: that is seen faster in one piece than in fifty.
    match ascii_json(text) {
        Some(text) => {
            push_members(out, &text, lengths, limit, Vec::extend_from_slice, Vec::extend_from_slice)
        }
        None => push_members(out, text, lengths, limit, push_json_content, push_utf8),
    }
}

/// `push_string` appends what stands between the quotes of a string, `push_json` a JSON text.
fn push_members<T>(
    out: &mut Vec<u8>,
    text: &[T],
    lengths: &[[i32; 2]],
    limit: usize,
    push_string: impl Fn(&mut Vec<u8>, &[T]),
    push_json: impl Fn(&mut Vec<u8>, &[T]),
) -> Option<()> {
    let mut rest = text;
    let mut take = |length: i32| {
        let (piece, after) = rest.split_at_checked(usize::try_from(length.unsigned_abs()).ok()?)?;
        rest = after;
        Some(piece)
    };
    out.push(b'{');
    for (index, [name, value]) in lengths.iter().enumerate() {
        out.extend_from_slice(if index == 0 { b"\"" } else { b",\"" });
        push_string(out, take(*name)?);
        if *value < 0 {
            out.extend_from_slice(b"\":");
            push_json(out, take(*value)?);
        } else {
            out.extend_from_slice(b"\":\"");
            push_string(out, take(*value)?);
            out.push(b'"');
        }
        if out.len() > limit {
            return Some(());
        }
    }
    out.push(b'}');
    rest.is_empty().then_some(())
}
