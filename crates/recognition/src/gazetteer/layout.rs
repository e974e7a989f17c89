//! How `data/gazetteer.bin` is laid out; read in place, nothing is copied.
//!
//! All numbers are little-endian. The head is `wwgaz\0\0\2`, then the count of countries, regions (with constituents,
//! continents and towns that GeoNames lacks), first- and second-level divisions, towns and keys, then the length of each section, all `u32`. Sections:
//!
//! 1. codes: the countries' two letters, in order;
//! 2. places, [`PLACE`] bytes each, in the order of the counts: number at GeoNames, or where the slug stands in the strings
//!    (u32); name: where in the strings (24 bits) and its length (8); latitude and longitude in 1/10,000° (i24 each);
//!    population (u32); country (u8) and first-level division (u16), counted within their kind, all ones for none; kind
//!    (u8). Countries ascend by code, those with a slug by slug within their group, towns by number at GeoNames;
//! 3. strings: names; slugs as length (u8) and bytes, and behind those of regions and constituents their extent: four lists,
//!    each behind its count (u8): countries (u8), divisions, divisions touched (u16), corners of the outline (i24 twice);
//! 4. blocks: where each block of [`BLOCK`] keys begins in the last section (u32);
//! 5. keys, ascending: bytes shared with the key before in the block (u8), count of further bytes (u8), these; then senses
//!    of 3 bytes by descending population: place (from bit 4), kind of name (bits 1 to 3), bit 0 on the last one.

use thiserror::Error;

pub(super) const PLACE: usize = 22;
pub(super) const BLOCK: usize = 16;
const MAGIC: &[u8; 8] = b"wwgaz\0\0\x02";
const HEAD: usize = 8 + 4 * 11;

/// Fragments that complete "failed to read the gazetteer: …".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GazetteerError {
    #[error("it does not begin as a gazetteer of this version")]
    NotOne,
    #[error("it has {actual} bytes where its head says {expected}")]
    Length { expected: usize, actual: usize },
    #[error("its sections do not fit its counts")]
    Counts,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub countries: usize,
    pub regions: usize,
    pub admin1: usize,
    pub admin2: usize,
    pub towns: usize,
    pub keys: usize,
    pub codes: &'static [u8],
    pub places: &'static [u8],
    pub strings: &'static [u8],
    pub blocks: &'static [u8],
    pub names: &'static [u8],
}

impl Layout {
    pub fn read(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        if bytes.len() < HEAD || !bytes.starts_with(MAGIC) {
            return Err(GazetteerError::NotOne);
        }
        let head = |at: usize| u32_at(bytes, 8 + 4 * at) as usize;
        let expected = HEAD + (6..11).map(head).sum::<usize>();
        if expected != bytes.len() {
            return Err(GazetteerError::Length {
                expected,
                actual: bytes.len(),
            });
        }
        let mut rest = &bytes[HEAD..];
        let mut section = |at: usize| {
            let (section, after) = rest.split_at(head(at));
            rest = after;
            section
        };
        let layout = Self {
            countries: head(0),
            regions: head(1),
            admin1: head(2),
            admin2: head(3),
            towns: head(4),
            keys: head(5),
            codes: section(6),
            places: section(7),
            strings: section(8),
            blocks: section(9),
            names: section(10),
        };
        let fits = layout.codes.len() == 2 * layout.countries
            && layout.places.len() == PLACE * layout.len()
            && layout.blocks.len() == 4 * layout.keys.div_ceil(BLOCK);
        if fits { Ok(layout) } else { Err(GazetteerError::Counts) }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.countries + self.regions + self.admin1 + self.admin2 + self.towns
    }
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

pub(super) fn u24_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], 0])
}

pub(super) fn i24_at(bytes: &[u8], at: usize) -> i32 {
    // Shifted up and back, so that the sign of the 24 bits becomes that of the 32.
    i32::from_le_bytes([0, bytes[at], bytes[at + 1], bytes[at + 2]]) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_gazetteer_is_refused() {
        let mut cut = MAGIC.to_vec();
        cut.extend([0; 44]);
        cut.extend([0; 3]);
        let cut: &'static [u8] = cut.leak();
        for (what, bytes, error) in [
            ("nothing", &b""[..], GazetteerError::NotOne),
            ("something else", &[7; 200][..], GazetteerError::NotOne),
            (
                "a head and stray bytes",
                cut,
                GazetteerError::Length {
                    expected: 52,
                    actual: 55,
                },
            ),
        ] {
            assert_eq!(Layout::read(bytes).err(), Some(error), "{what}");
        }
    }

    #[test]
    fn negative_numbers_of_three_bytes() {
        assert_eq!(i24_at(&[0xFF, 0xFF, 0xFF], 0), -1);
        assert_eq!(i24_at(&[0x01, 0x00, 0x80], 0), -8_388_607);
        assert_eq!(i24_at(&[0x40, 0x77, 0x1B], 0), 1_800_000);
    }
}
