//! Ids that are derived, not drawn: the same input gives the same id after a crash.

use sha2::{Digest, Sha256};

/// The first 64 bits of SHA-256 over the parts, each led by its length so that no two lists of parts collide by
/// concatenation.
pub fn derive_id(parts: &[&str]) -> u64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    digest.iter().take(8).fold(0, |id, byte| (id << 8) | u64::from(*byte))
}
