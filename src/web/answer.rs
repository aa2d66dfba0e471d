//! An answer: JSON, and the numbers it describes.

use serde::Serialize;

/// An answer to the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it says.
    pub json: String,
    /// Numbers beside it, as bytes.
    pub numbers: Vec<u8>,
}

impl Answer {
    /// An answer without numbers.
    pub fn of(content: &impl Serialize) -> Self {
        // The contents are made here and have text as keys: there is nothing that could fail.
        Self { json: serde_json::to_string(content).unwrap_or_default(), numbers: Vec::new() }
    }

    /// An answer with numbers of four bytes.
    pub fn with_floats(content: &impl Serialize, numbers: &[f32]) -> Self {
        let numbers = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        Self { numbers, ..Self::of(content) }
    }

    /// An answer with shares of one byte each: 0 to 255 for 0 to 1.
    pub fn with_bytes(content: &impl Serialize, numbers: Vec<u8>) -> Self {
        Self { numbers, ..Self::of(content) }
    }

    /// The whole answer as one block.
    pub fn block(&self) -> Vec<u8> {
        let mut block = (self.json.len() as u32).to_le_bytes().to_vec();
        block.extend(self.json.bytes());
        block.resize(block.len().next_multiple_of(8), b' ');
        block.extend(&self.numbers);
        block
    }
}
