//! Whether what a hub sent is its own (WebSub §8).

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

/// What a signature came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    Right,
    /// There is none, of a method that we do not know, or of another secret or body.
    Wrong,
}

/// Judges `X-Hub-Signature` (`sha256=…`, hex) over the body as it came.
pub fn judge_signature(header: Option<&str>, secret: &str, body: &[u8]) -> Signed {
    let right = header.and_then(|header| {
        let (method, hex) = header.trim().split_once('=')?;
        let code = from_hex(hex.trim())?;
        let secret = secret.as_bytes();
        match method.trim().to_ascii_lowercase().as_str() {
            "sha1" => verify(Hmac::<Sha1>::new_from_slice(secret).ok()?, body, &code),
            "sha256" => verify(Hmac::<Sha256>::new_from_slice(secret).ok()?, body, &code),
            "sha384" => verify(Hmac::<Sha384>::new_from_slice(secret).ok()?, body, &code),
            "sha512" => verify(Hmac::<Sha512>::new_from_slice(secret).ok()?, body, &code),
            _ => None,
        }
    });
    match right {
        Some(()) => Signed::Right,
        None => Signed::Wrong,
    }
}

/// In a time that tells nothing of where they differ.
fn verify(mut mac: impl Mac, body: &[u8], code: &[u8]) -> Option<()> {
    mac.update(body);
    mac.verify_slice(code).ok()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|char| char.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    digits
        .chunks(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_code_over_the_very_body_counts() {
        // Computed with OpenSSL: printf body | openssl dgst -METHOD -hmac secret
        let table = [
            ("sha1", "sha1=a18991ff7e4513a1c2d2ee51e3a8e99ca891d9cd"),
            (
                "sha256",
                "sha256=dc46983557fea127b43af721467eb9b3fde2338fe3e14f51952aa8478c13d355",
            ),
            (
                "sha384",
                "sha384=ad10d2f2362ff0d063353e51c631bd545244456ef64ea31871021a1681e44e973c7913cbde7bd978cfd254a83ab2ae19",
            ),
            (
                "sha512",
                "sha512=de4a671e8233987c46a9048b8041bda6296901960022836c15c28023d3f66c3720449af241bdfe2e592c5b2273730cd1df763073e018e60d7313077c5342fde9",
            ),
        ];
        for (method, header) in table {
            assert_eq!(
                judge_signature(Some(header), "secret", b"body"),
                Signed::Right,
                "{method}"
            );
            let loud = header.to_uppercase();
            assert_eq!(
                judge_signature(Some(&loud), "secret", b"body"),
                Signed::Right,
                "{method} in capitals"
            );
            assert_eq!(
                judge_signature(Some(header), "other", b"body"),
                Signed::Wrong,
                "{method}, another secret"
            );
            assert_eq!(
                judge_signature(Some(header), "secret", b"Body"),
                Signed::Wrong,
                "{method}, another body"
            );
            let short = &header[..header.len() - 2];
            assert_eq!(
                judge_signature(Some(short), "secret", b"body"),
                Signed::Wrong,
                "{method}, cut short"
            );
        }
        for (case, header) in [
            ("none", None),
            ("empty", Some("")),
            (
                "no method",
                Some("dc46983557fea127b43af721467eb9b3fde2338fe3e14f51952aa8478c13d355"),
            ),
            ("an unknown method", Some("md5=841a2d689ad86bd1611447453c22c6fc")),
            ("no code", Some("sha256=")),
            ("no hex", Some("sha256=zz")),
        ] {
            assert_eq!(judge_signature(header, "secret", b"body"), Signed::Wrong, "{case}");
        }
    }
}
