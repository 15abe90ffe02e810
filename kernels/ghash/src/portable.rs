//! GHASH from the `polyval` crate, for processors without carry-less multiplication and as the reference.
//!
//! POLYVAL is GHASH with the bytes of every block reversed (RFC 8452, appendix A).

use polyval::hazmat::FieldElement;
use polyval::universal_hash::UniversalHash;
use polyval::{Block, Polyval};

use crate::block::{BLOCK_LEN, filled_up};

/// POLYVAL under one key, nothing hashed yet. The `polyval` crate wipes it, and every copy, when it is dropped.
pub(crate) struct Portable(Polyval);

/// H as the key of POLYVAL (RFC 8452, appendix A): reversed, and multiplied by x.
pub(crate) fn polyval_key(h: [u8; BLOCK_LEN]) -> FieldElement {
    FieldElement::from(u128::from_be_bytes(h)).mulx()
}

impl Portable {
    pub(crate) fn new(h: [u8; BLOCK_LEN]) -> Portable {
        Portable(Polyval::new(&polyval_key(h).into()))
    }

    pub(crate) fn hash(&self, first: &[u8], second: &[u8], last: u128) -> u128 {
        let mut polyval = self.0.clone();
        for bytes in [first, second] {
            let (whole, rest) = bytes.as_chunks::<BLOCK_LEN>();
            whole.iter().for_each(|block| absorb(&mut polyval, *block));
            if !rest.is_empty() {
                absorb(&mut polyval, filled_up(rest));
            }
        }
        absorb(&mut polyval, last.to_be_bytes());
        u128::from_le_bytes(polyval.finalize().into())
    }
}

fn absorb(polyval: &mut Polyval, block: [u8; BLOCK_LEN]) {
    polyval.update(&[Block::from(u128::from_be_bytes(block).to_le_bytes())]);
}
