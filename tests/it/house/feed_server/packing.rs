//! Bodies packed for transport without a compressor: each format can carry bytes as they are.

/// How a body is packed for transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packing {
    #[default]
    Plain,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
    /// In chunks of 7 bytes, without a length.
    Chunked,
}

/// Each format's way of carrying bytes as they are, so that no compressor is needed to test a decompressor.
pub fn pack(body: &[u8], packing: Packing) -> (Vec<u8>, Option<&'static str>) {
    match packing {
        Packing::Plain | Packing::Chunked => (body.to_vec(), None),
        Packing::Gzip => {
            let mut packed = GZIP_HEAD.to_vec();
            packed.extend(stored(body));
            packed.extend(crc32(body).to_le_bytes());
            packed.extend((body.len() as u32).to_le_bytes());
            (packed, Some("gzip"))
        }
        Packing::Deflate => {
            let mut packed = vec![0x78, 0x01];
            packed.extend(stored(body));
            packed.extend(adler32(body).to_be_bytes());
            (packed, Some("deflate"))
        }
        Packing::Brotli => (brotli_stored(body), Some("br")),
        Packing::Zstd => (zstd_stored(body), Some("zstd")),
    }
}

const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// Stored blocks (RFC 1951 §3.2.4).
fn stored(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    for chunk in body.chunks(0xffff) {
        let length = chunk.len() as u16;
        packed.push(0);
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend_from_slice(chunk);
    }
    packed.extend([1, 0, 0, 0xff, 0xff]);
    packed
}

/// Uncompressed meta-blocks (RFC 7932 §9.2) of up to 64 KB, then an empty last one.
fn brotli_stored(body: &[u8]) -> Vec<u8> {
    if body.is_empty() {
        return vec![0b110];
    }
    let mut packed = Vec::new();
    for (n, chunk) in body.chunks(0x10000).enumerate() {
        // ISLAST 0, MNIBBLES 4 (00), MLEN - 1 in 16 bits, ISUNCOMPRESSED 1; the first after one bit of window size.
        let header = ((chunk.len() - 1) as u32) << 3 | 1 << 19;
        let header = if n == 0 { header << 1 } else { header };
        packed.extend_from_slice(&header.to_le_bytes()[..3]);
        packed.extend_from_slice(chunk);
    }
    packed.push(0b11);
    packed
}

/// Raw blocks in one frame of unknown size (RFC 8878 §3.1.1).
fn zstd_stored(body: &[u8]) -> Vec<u8> {
    // Window of 1 MB.
    let mut packed = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50];
    let block = |length: usize, last: bool| ((length as u32) << 3 | u32::from(last)).to_le_bytes();
    for chunk in body.chunks(0x10000) {
        packed.extend_from_slice(&block(chunk.len(), false)[..3]);
        packed.extend_from_slice(chunk);
    }
    packed.extend_from_slice(&block(0, true)[..3]);
    packed
}

/// One block of fixed codes (RFC 1951 §3.2.6): a zero, then copies of 258 zeros from one byte back, 13 bits each.
pub fn gzip_of_zeros(bytes: usize) -> Vec<u8> {
    let mut packed = GZIP_HEAD.to_vec();
    let (mut bits, mut filled) = (0u64, 0);
    let mut put = |value: u64, count: u32, packed: &mut Vec<u8>| {
        bits |= value << filled;
        filled += count;
        while filled >= 8 {
            packed.push(bits as u8);
            bits >>= 8;
            filled -= 8;
        }
    };
    // Codes are written from their highest bit on, all else from the lowest.
    put(0b011, 3, &mut packed);
    put(0b0000_1100, 8, &mut packed);
    for _ in 0..bytes.saturating_sub(1).div_ceil(258) {
        put(0b0_0000_1010_0011, 13, &mut packed);
    }
    put(0, 7 + 7, &mut packed);
    packed
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn adler32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    b << 16 | a
}
