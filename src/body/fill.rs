//! What is passed along while a callback is filled: the record, the cipher, and the values that wait to be encrypted.

use crate::Error;
use crate::bug::bug;
use crate::cipher::{Batch, Cipher};
use crate::json::{Kind, Output, Value};
use crate::replacer::{Escape, Instructions, Part, Program, Renderer};
use crate::wiped::Bytes;

/// One filling of a body or query.
pub(crate) struct Fill<'f, 'r> {
    pub(crate) renderer: Renderer<'r>,
    /// The profile's, which the parts are of.
    pub(crate) program: &'f Program,
    cipher: Option<&'f Cipher>,
    batch: &'f mut Batch,
}

impl<'f, 'r> Fill<'f, 'r> {
    /// `cipher` is the profile's, if it encrypts at all.
    pub(crate) fn new(
        renderer: Renderer<'r>,
        program: &'f Program,
        cipher: Option<&'f Cipher>,
        batch: &'f mut Batch,
    ) -> Fill<'f, 'r> {
        batch.clear();
        Fill { renderer, program, cipher, batch }
    }

    /// Appends bytes as they are, within the limit of the output.
    pub(crate) fn literal(&self, out: &mut impl Bytes, text: &[u8]) -> Result<(), Error> {
        self.renderer.capped(out, text.len(), |out| out.append_bytes(text))
    }

    /// Appends a template, filled and escaped.
    pub(crate) fn template(
        &mut self,
        out: &mut impl Bytes,
        template: Part,
        escape: Escape,
    ) -> Result<(), Error> {
        self.renderer.push(out, &mut self.program.part(template), escape, false)
    }

    /// Reserves room for an encrypted template: that up to the next end.
    pub(crate) fn sealed_template(
        &mut self,
        out: &mut impl Bytes,
        template: &mut Instructions<'_>,
    ) -> Result<(), Error> {
        let start = self.batch.plaintext().len();
        self.renderer.push(self.batch.plaintext(), template, Escape::None, false)?;
        self.reserve(out, start)
    }

    /// Appends the text of a value that is no container, or of a missing one of this name; encrypted if `sealed`.
    pub(crate) fn text(
        &mut self,
        out: &mut impl Bytes,
        found: Option<Value<'r>>,
        name: &str,
        escape: Escape,
        sealed: bool,
    ) -> Result<(), Error> {
        if !sealed {
            return self.push_text(out, found, name, escape);
        }
        let start = self.batch.plaintext().len();
        let mut plaintext = std::mem::take(self.batch.plaintext());
        let pushed = self.push_text(&mut plaintext, found, name, Escape::None);
        *self.batch.plaintext() = plaintext;
        pushed?;
        self.reserve(out, start)
    }

    /// Reserves room for an encrypted value of the record that is no container.
    pub(crate) fn sealed_value(&mut self, out: &mut impl Bytes, value: Value<'r>) -> Result<(), Error> {
        debug_assert!(!matches!(value.kind(), Kind::Array | Kind::Object), "containers are walked");
        let start = self.batch.plaintext().len();
        self.renderer.push_value(self.batch.plaintext(), value, Escape::None)?;
        self.reserve(out, start)
    }

    /// Fills a template and writes its encrypted text to `out`, which is cleared first; nothing may be waiting.
    pub(crate) fn seal_now(&mut self, out: &mut Vec<u8>, template: Part) -> Result<(), Error> {
        let Some(cipher) = self.cipher else { return Err(bug("a value is selected without a cipher")) };
        debug_assert!(self.batch.plaintext().is_empty(), "the plaintext is used as scratch memory");
        out.clear();
        let template = &mut self.program.part(template);
        self.renderer.push(self.batch.plaintext(), template, Escape::None, false)?;
        cipher.encrypt_append(self.batch.plaintext().as_slice(), out).map_err(Error::Cipher)?;
        self.batch.clear();
        Ok(())
    }

    /// Encrypts what waits, into the room that was reserved for it in `out`.
    pub(crate) fn encrypt(&mut self, out: &mut [u8]) -> Result<(), Error> {
        match self.cipher {
            Some(cipher) => cipher.encrypt_batch(self.batch, out).map_err(Error::Cipher),
            None => {
                debug_assert!(self.batch.plaintext().is_empty(), "without a cipher nothing is selected");
                Ok(())
            }
        }
    }

    fn push_text(
        &self,
        out: &mut impl Output,
        found: Option<Value<'r>>,
        name: &str,
        escape: Escape,
    ) -> Result<(), Error> {
        match found {
            Some(value) => self.renderer.push_value(out, value, escape),
            None => self.renderer.push_missing(out, name, escape),
        }
    }

    /// Makes what was appended to the plaintext since `start` a value, with room for its text in `out`.
    fn reserve(&mut self, out: &mut impl Bytes, start: usize) -> Result<(), Error> {
        // What selects a value is the profile's encryption, so there is a cipher.
        let Some(cipher) = self.cipher else { return Err(bug("a value is selected without a cipher")) };
        let len = cipher.encrypted_len(self.batch.plaintext().len().saturating_sub(start));
        let mut reserved = Ok(());
        self.renderer.capped(out, len, |out| reserved = cipher.reserve_value(self.batch, start, out))?;
        reserved.map_err(Error::Cipher)
    }
}
