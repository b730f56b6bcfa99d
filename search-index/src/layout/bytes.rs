//! Numbers and texts as bytes, and back. In: values one after the other. Out: bytes in which small numbers are short; or,
//! the other way, the values or [`Broken`]. Reading never takes more memory than the bytes it was given can fill.

/// Bytes that are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// Bytes to come.
#[derive(Clone, Debug, Default)]
pub struct Put(pub Vec<u8>);

impl Put {
    /// A number, seven bits a byte.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// How many there are, or where.
    pub fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    /// Bytes, after their number.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Texts.
    pub fn texts(&mut self, texts: &[String]) {
        self.count(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }
}

/// Bytes to be read.
#[derive(Clone, Copy, Debug)]
pub struct Take<'b>(pub &'b [u8]);

impl<'b> Take<'b> {
    /// One byte.
    pub fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.0.split_first().ok_or(Broken)?;
        self.0 = rest;
        Ok(*first)
    }

    /// A number.
    pub fn number(&mut self) -> Result<u64, Broken> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Broken)
    }

    /// A place or a size.
    pub fn size(&mut self) -> Result<usize, Broken> {
        u32::try_from(self.number()?).map(|size| size as usize).map_err(|_| Broken)
    }

    /// How many things follow: no more than there are bytes left, for each takes one at least.
    pub fn count(&mut self) -> Result<usize, Broken> {
        let count = self.size()?;
        if count > self.0.len() { Err(Broken) } else { Ok(count) }
    }

    /// A stretch of bytes of a known length.
    pub fn exactly(&mut self, length: usize) -> Result<&'b [u8], Broken> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Broken)?;
        self.0 = rest;
        Ok(taken)
    }

    /// Bytes after their number.
    pub fn bytes(&mut self) -> Result<&'b [u8], Broken> {
        let length = self.count()?;
        self.exactly(length)
    }

    /// A text.
    pub fn text(&mut self) -> Result<String, Broken> {
        Ok(std::str::from_utf8(self.bytes()?).map_err(|_| Broken)?.to_owned())
    }

    /// Texts.
    pub fn texts(&mut self) -> Result<Vec<String>, Broken> {
        self.many(Take::text)
    }

    /// Things after their number.
    pub fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T, Broken>) -> Result<Vec<T>, Broken> {
        let count = self.count()?;
        // What a thing takes in memory may be many times its bytes: room is made as they come.
        let mut things = Vec::with_capacity(count.min(1024));
        for _ in 0..count {
            things.push(one(self)?);
        }
        Ok(things)
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), Broken> {
        if self.0.is_empty() { Ok(()) } else { Err(Broken) }
    }
}
