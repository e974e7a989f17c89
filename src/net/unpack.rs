//! Bodies that are packed once more than their headers say, or not at all by their headers: `.gz` files.

use std::io::{self, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

/// Packings within one another that are undone; more are hostile.
const LAYERS: usize = 3;

/// What became of a body.
#[derive(Debug, PartialEq, Eq)]
pub enum Unpacked {
    /// It is not packed.
    Plain(Vec<u8>),
    /// Whole.
    Whole(Vec<u8>),
    /// Longer than the bound; this is what fits.
    Long(Vec<u8>),
    /// It breaks off, or is damaged; this is what comes before.
    Cut(Vec<u8>),
}

impl Unpacked {
    /// Returns the bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Plain(bytes) | Self::Whole(bytes) | Self::Long(bytes) | Self::Cut(bytes) => bytes,
        }
    }
}

/// Unpacks a body as long as it begins like gzip (RFC 1952) or zlib (RFC 1950), up to `most` bytes. No feed and no page
/// begins like either.
pub fn unpacked(body: Vec<u8>, most: usize) -> Unpacked {
    let mut state = Unpacked::Plain(body);
    for _ in 0..LAYERS {
        state = match state {
            Unpacked::Plain(packed) | Unpacked::Whole(packed) if is_gzip(&packed) => {
                inflate(MultiGzDecoder::new(packed.as_slice()), most)
            }
            Unpacked::Plain(packed) | Unpacked::Whole(packed) if is_zlib(&packed) => {
                inflate(ZlibDecoder::new(packed.as_slice()), most)
            }
            done => return done,
        };
    }
    state
}

/// Whether a body begins like a packed one.
pub(super) fn is_packed(body: &[u8]) -> bool {
    is_gzip(body) || is_zlib(body)
}

fn inflate(decoder: impl Read, most: usize) -> Unpacked {
    let mut plain = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    match decoder.take(limit).read_to_end(&mut plain) {
        Ok(_) if plain.len() > most => {
            plain.truncate(most);
            Unpacked::Long(plain)
        }
        Ok(_) => Unpacked::Whole(plain),
        // Servers pad packed files with zeros.
        Err(error) if !plain.is_empty() && error.kind() == io::ErrorKind::InvalidInput => Unpacked::Whole(plain),
        Err(_) => Unpacked::Cut(plain),
    }
}

fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// Deflate with a window of 32 KB, the check of the header being right.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [0x78, flags, _, ..] if (0x78 * 256 + u32::from(*flags)).is_multiple_of(31) && flags & 0x20 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    const FEED: &[u8] = b"<rss version=\"2.0\"><channel><title>Desk</title></channel></rss>";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn bodies_are_unpacked_to_their_end() {
        let two_members = [gzip(&FEED[..20]), gzip(&FEED[20..])].concat();
        let table = [
            ("plain", FEED.to_vec(), Unpacked::Plain(FEED.to_vec())),
            ("once", gzip(FEED), Unpacked::Whole(FEED.to_vec())),
            ("twice", gzip(&gzip(FEED)), Unpacked::Whole(FEED.to_vec())),
            ("three times", gzip(&gzip(&gzip(FEED))), Unpacked::Whole(FEED.to_vec())),
            ("zlib", zlib(FEED), Unpacked::Whole(FEED.to_vec())),
            ("zlib in gzip", gzip(&zlib(FEED)), Unpacked::Whole(FEED.to_vec())),
            ("two members", two_members, Unpacked::Whole(FEED.to_vec())),
            ("nothing", Vec::new(), Unpacked::Plain(Vec::new())),
            ("packed nothing", gzip(b""), Unpacked::Whole(Vec::new())),
            (
                "a text that begins with x",
                b"x-files".to_vec(),
                Unpacked::Plain(b"x-files".to_vec()),
            ),
            ("only a mark", vec![0x1f, 0x8b, 8], Unpacked::Cut(Vec::new())),
        ];
        for (case, body, expected) in table {
            assert_eq!(unpacked(body, 1_000), expected, "{case}");
        }
        assert!(
            is_gzip(&unpacked(gzip(&gzip(&gzip(&gzip(FEED)))), 1_000).into_bytes()),
            "four times is too often"
        );
        assert_eq!(unpacked(gzip(FEED), 10), Unpacked::Long(FEED[..10].to_vec()));
        let bomb = gzip(&gzip(&vec![0; 50 << 20]));
        assert_eq!(unpacked(bomb, 1 << 20).into_bytes().len(), 1 << 20);
        let noise: Vec<u8> = (0..100_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        let mut cut = gzip(&noise);
        cut.truncate(cut.len() / 2);
        let Unpacked::Cut(read) = unpacked(cut, 1 << 20) else {
            panic!("it breaks off")
        };
        assert!(read.len() > 1_000 && noise.starts_with(&read));
    }
}
