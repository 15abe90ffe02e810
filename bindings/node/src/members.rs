//! A plain object's members as JSON text. Names and values arrive as one text with their lengths
//! (`lib/members.cjs`); the result is what `JSON.stringify` writes of the object.

use crate::utf16::{ascii_json, push_json_content, push_utf8};

/// Appends the object. Stops after the member that exceeds `limit` bytes, because the core refuses a record of that length.
///
/// `text` is all names and values in a row. `lengths` holds, for each of `count` members, the length of the name and the
/// length of the value in UTF-16 units; the length of a value that is JSON text and not a string is negative. `None` if
/// the lengths do not add up to the text.
pub(crate) fn push_object(
    out: &mut Vec<u8>,
    text: &[u16],
    lengths: &[i32],
    count: u32,
    limit: usize,
) -> Option<()> {
    let lengths = lengths.as_chunks().0.get(..usize::try_from(count).ok()?)?;
    // Most records are ASCII without anything to escape; one test of the whole text is faster than a test of each piece.
    match ascii_json(text) {
        Some(text) => {
            push_members(out, &text, lengths, limit, Vec::extend_from_slice, Vec::extend_from_slice)
        }
        None => push_members(out, text, lengths, limit, push_json_content, push_utf8),
    }
}

/// `push_string` appends the content between the quotes of a JSON string, `push_json` a JSON text.
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
