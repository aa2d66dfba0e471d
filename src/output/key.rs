//! Keys: a short name for a long text.
use sha2::{Digest, Sha256};

use super::csv::hexadecimal;

/// What a kept ensemble belongs to: resolved scenario, seed and program. The number of runs is no part of it, so that
/// interrupted work may be continued to another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of `parts`, in this order.
    pub fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The key as bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key in hexadecimal.
    pub fn in_words(&self) -> String {
        hexadecimal(&self.0)
    }

    /// The key whose bytes these are.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}
