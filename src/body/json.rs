//! A JSON body: a part of the profile's program, filled for each callback without building a tree, values encrypted into
//! the room reserved for them; and opened.

use super::fill::Fill;
use super::sealing::Sealing;
use crate::Error;
use crate::bug::bug;
use crate::json::{Kind, Name, Output, Step, Value, push_string, push_string_content, write_children};
use crate::replacer::{
    Escape, Grammar, Instruction, Missing, Part, ProgramWriter, as_it_is, constant, whole_name,
};
use crate::selection::Selection;
use crate::wiped::Bytes;

/// Compiles `value`; constant values that are selected are encrypted here, once.
pub(crate) fn compile(
    program: &mut ProgramWriter,
    value: Value<'_>,
    sealing: &Sealing<'_>,
) -> Result<Part, Error> {
    program.part(|program| add(program, value, sealing))
}

/// Appends the filled text; what is to be encrypted waits in `fill` and has room in `out`.
pub(crate) fn fill(out: &mut impl Bytes, tree: Part, fill: &mut Fill<'_, '_>) -> Result<(), Error> {
    let mut instructions = fill.program.part(tree);
    while let Some(instruction) = instructions.next() {
        match instruction {
            Instruction::Text(text) => fill.literal(out, text.as_bytes())?,
            Instruction::Whole(name, selection) => fill_whole(out, &name, selection, fill)?,
            Instruction::Sealed => fill.sealed_template(out, &mut instructions)?,
            Instruction::Name(name) => fill.renderer.push_name(out, &name, Escape::Json)?,
            Instruction::Pair(_) | Instruction::Unknown => return Err(bug("a body has no such instruction")),
        }
    }
    Ok(())
}

fn add(program: &mut ProgramWriter, value: Value<'_>, sealing: &Sealing<'_>) -> Result<(), Error> {
    match value.kind() {
        Kind::Object | Kind::Array => write_children(program, value, |program, step, child| match step {
            Step::Member(name) => add(program, child, &sealing.within(name)),
            Step::Element(_) => add(program, child, sealing),
        }),
        Kind::String => {
            let text = value.as_str().ok_or_else(|| bug("a string has no text"))?;
            add_string(program, text, sealing)
        }
        Kind::Null => {
            program.append("null");
            Ok(())
        }
        Kind::Number | Kind::True | Kind::False => match sealing.cipher() {
            Some(_) => add_sealed(program, &value.to_compact(), sealing),
            None => {
                value.write_compact(program);
                Ok(())
            }
        },
    }
}

fn add_string(program: &mut ProgramWriter, text: &str, sealing: &Sealing<'_>) -> Result<(), Error> {
    if let Some(name) = whole_name(text) {
        program.whole(name, sealing.selection());
        return Ok(());
    }
    let is_sealed = sealing.cipher().is_some();
    if let Some(text) = constant(text) {
        if is_sealed {
            return add_sealed(program, &text, sealing);
        }
        push_string(program, &text);
        return Ok(());
    }
    program.append("\"");
    match is_sealed {
        true => program.sealed(|program| program.template(text, Grammar::Names, as_it_is)),
        false => program.template(text, Grammar::Names, |text, out| push_string_content(out, text)),
    }
    program.append("\"");
    Ok(())
}

/// Adds a constant that is encrypted. Its text needs no escaping in JSON.
fn add_sealed(program: &mut ProgramWriter, plaintext: &str, sealing: &Sealing<'_>) -> Result<(), Error> {
    program.append("\"");
    if let Some(cipher) = sealing.cipher() {
        program.append(&cipher.encrypt(plaintext).map_err(Error::Cipher)?);
    }
    program.append("\"");
    Ok(())
}

/// Appends what a string that is one whole `<name>` means: the typed value.
fn fill_whole<'r>(
    out: &mut impl Bytes,
    name: &Name<'_>,
    selection: &Selection,
    fill: &mut Fill<'_, 'r>,
) -> Result<(), Error> {
    if let Some(value) = fill.renderer.find(name) {
        return fill_value(out, value, selection, fill);
    }
    if fill.renderer.missing() == Missing::Null {
        return fill.literal(out, b"null");
    }
    fill.literal(out, b"\"")?;
    fill.text(out, None, name.text(), Escape::Json, selection.takes_value())?;
    fill.literal(out, b"\"")
}

/// Appends a value of the record: containers are walked, null stays null. \[N\]
pub(crate) fn fill_value<'r>(
    out: &mut impl Bytes,
    value: Value<'r>,
    selection: &Selection,
    fill: &mut Fill<'_, 'r>,
) -> Result<(), Error> {
    match value.kind() {
        Kind::Object | Kind::Array => {
            write_children(out, value, |out, step, child| match step {
                Step::Member(name) => fill_value(out, child, &selection.within(name), fill),
                Step::Element(_) => fill_value(out, child, selection, fill),
            })?;
            // Names and brackets are no longer than the record; this holds them to the limit of the output as well.
            fill.literal(out, b"")
        }
        Kind::Null => fill.literal(out, b"null"),
        _ if selection.takes_value() => {
            fill.literal(out, b"\"")?;
            fill.sealed_value(out, value)?;
            fill.literal(out, b"\"")
        }
        _ => {
            let len = value.as_str().or_else(|| value.number_text()).map_or(0, str::len);
            fill.renderer.capped(out, len, |out| value.write_compact(out))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cipher::{Algorithm, Cipher};
    use crate::json::Document;
    use crate::limits::Limits;
    use crate::replacer::print;

    const BODY: &[u8] = br#"{"a":"<a>","b\"":["x\"<b.c>\\<d>",1,null,"k"],"e":{"f":"<f>"}}"#;

    fn compiled(sealing: &Sealing<'_>) -> String {
        let document = Document::read(BODY, &Limits::default()).unwrap();
        let mut program = ProgramWriter::default();
        let part = compile(&mut program, document.root(), sealing).unwrap();
        print(program.finish().unwrap().part(part))
    }

    #[test]
    fn what_is_the_same_in_every_callback_is_one_text() {
        let expected = [
            r#"text {"a":"#,
            "whole a",
            r#"text ,"b\"":["x\""#,
            "name b.c",
            r#"text <d>",1,null,"k"],"e":{"f":"#,
            "whole f",
            "text }}",
        ];
        assert_eq!(compiled(&Sealing::Off).lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_selected_is_encrypted_once_or_in_every_callback() {
        let cipher = Cipher::new(Algorithm::Aes128Cfb, "K1abcdefghijkl2P", "POabcdefghijklLY").unwrap();
        let encrypted = |text: &str| cipher.encrypt(text).unwrap();
        let params: Vec<String> = ["a.x", "b\"", "e"].map(str::to_owned).into();
        let expected = [
            r#"text {"a":"#.to_owned(),
            "whole a encrypted x".to_owned(),
            r#"text ,"b\"":[""#.to_owned(),
            r#"| text x""#.to_owned(),
            "| name b.c".to_owned(),
            "| text <d>".to_owned(),
            format!(r#"text ","{}",null,"{}"],"e":{{"f":"#, encrypted("1"), encrypted("k")),
            "whole f encrypted".to_owned(),
            "text }}".to_owned(),
        ];
        let sealing = Sealing::of(&cipher, &Selection::of_params(Some(&params)));
        assert_eq!(compiled(&sealing).lines().collect::<Vec<_>>(), expected);
    }
}
