//! Thrift's compact protocol, as much of it as the words of a Parquet file need: structs, numbers, texts and lists, written.
//!
//! A field is a byte of how far its number lies from that of the one before and of its kind, then its value; whole numbers are
//! zigzag, in groups of seven bits, the lowest first. <https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>
pub(super) mod list {
    //! What has no number of a field.

    /// A number in groups of seven bits, the lowest first.
    pub fn varint(out: &mut Vec<u8>, mut number: u64) {
        while number >= 128 {
            out.push(number as u8 | 128);
            number >>= 7;
        }
        out.push(number as u8);
    }

    /// A whole number of either sign.
    pub fn zigzag(out: &mut Vec<u8>, number: i64) {
        varint(out, ((number << 1) ^ (number >> 63)) as u64);
    }

    /// Text after its length.
    pub fn text(out: &mut Vec<u8>, text: &str) {
        varint(out, text.len() as u64);
        out.extend(text.as_bytes());
    }

    /// How many follow, and of which kind.
    pub fn head(out: &mut Vec<u8>, count: usize, kind: u8) {
        if count < 15 {
            out.push((count as u8) << 4 | kind);
        } else {
            out.push(0xf0 | kind);
            varint(out, count as u64);
        }
    }
}

/// Kinds of values, as the protocol numbers them.
const SMALL: u8 = 5;
const NUMBER: u8 = 6;
const TEXT: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A struct whose fields are written in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Struct {
    written: Vec<u8>,
    last: i16,
}

impl Struct {
    /// The bytes of it.
    pub fn bytes(mut self) -> Vec<u8> {
        self.written.push(0);
        self.written
    }

    /// A number of 32 bits, or of a list of names.
    pub fn small(mut self, field: i16, value: i64) -> Self {
        self.begin(field, SMALL);
        list::zigzag(&mut self.written, value);
        self
    }

    /// A number of 64 bits.
    pub fn number(mut self, field: i16, value: i64) -> Self {
        self.begin(field, NUMBER);
        list::zigzag(&mut self.written, value);
        self
    }

    /// A text.
    pub fn text(mut self, field: i16, value: &str) -> Self {
        self.begin(field, TEXT);
        list::text(&mut self.written, value);
        self
    }

    /// Another struct.
    pub fn inside(mut self, field: i16, value: Self) -> Self {
        self.begin(field, STRUCT);
        self.written.extend(value.bytes());
        self
    }

    /// Numbers of 32 bits.
    pub fn smalls(mut self, field: i16, values: &[i64]) -> Self {
        self.begin(field, LIST);
        list::head(&mut self.written, values.len(), SMALL);
        values.iter().for_each(|value| list::zigzag(&mut self.written, *value));
        self
    }

    /// Texts.
    pub fn texts(mut self, field: i16, values: &[&str]) -> Self {
        self.begin(field, LIST);
        list::head(&mut self.written, values.len(), TEXT);
        values.iter().for_each(|value| list::text(&mut self.written, value));
        self
    }

    /// Other structs.
    pub fn structs(mut self, field: i16, values: &[Self]) -> Self {
        self.begin(field, LIST);
        list::head(&mut self.written, values.len(), STRUCT);
        values.iter().for_each(|value| self.written.extend(value.clone().bytes()));
        self
    }

    fn begin(&mut self, field: i16, kind: u8) {
        // All fields of Parquet lie within fifteen of each other.
        self.written.push(((field - self.last) as u8) << 4 | kind);
        self.last = field;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes worked out by hand from the specification.
    #[test]
    fn numbers_texts_and_lists_are_those_of_the_specification() {
        let mut out = Vec::new();
        list::varint(&mut out, 300);
        list::zigzag(&mut out, -1);
        list::zigzag(&mut out, 1);
        assert_eq!(out, [0b1010_1100, 0b10, 1, 2]);
        let one = Struct::default().small(1, 3).text(4, "ab").inside(10, Struct::default());
        assert_eq!(one.bytes(), [0x15, 6, 0x38, 2, b'a', b'b', 0x6c, 0, 0]);
        let many = Struct::default().smalls(2, &[1; 15]).structs(3, &[Struct::default().number(1, 64)]);
        let expected = [&[0x29, 0xf5, 15][..], &[2; 15], &[0x19, 0x1c, 0x16, 0x80, 0x01, 0, 0]].concat();
        assert_eq!(many.bytes(), expected);
    }
}
