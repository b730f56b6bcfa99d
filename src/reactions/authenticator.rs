//! The codes that an app on a telephone shows for a second step at login (RFC 6238). In: a secret and the time. Out: six
//! figures, which step they are of, and the link with which an app takes the secret.
//!
//! Apps know SHA-1 only, or say they know another and use it after all. In an HMAC it is still sound; nothing else here
//! uses it, so its forty lines stand here and are no dependency.

use super::clock::SECOND;

/// How long a code is shown.
const STEP: i64 = 30 * SECOND;
/// The letters of base32.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Twenty bytes of chance as an app takes them: 32 letters.
pub fn secret(chance: &[u8]) -> String {
    let bits = chance.iter().take(20).flat_map(|byte| (0..8).rev().map(move |at| (byte >> at) & 1));
    let bits: Vec<u8> = bits.collect();
    let letter = |five: &[u8]| {
        let number = five.iter().fold(0_usize, |number, bit| (number << 1) | usize::from(*bit));
        char::from(LETTERS[number & 31])
    };
    bits.chunks(5).map(letter).collect()
}

/// The link with which an app takes the secret.
pub fn link(site: &str, mail: &str, secret: &str) -> String {
    let name = |text: &str| {
        url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
    };
    format!("otpauth://totp/{site}:{}?secret={secret}&issuer={site}", name(mail), site = name(site))
}

/// The step whose code this is: the one of this moment, the one before or the one after, as clocks differ.
pub fn step_of(secret: &str, code: &str, now: i64) -> Option<i64> {
    let key = bytes(secret)?;
    let at = now.div_euclid(STEP);
    // All three are made whatever the first says.
    let right = [at, at - 1, at + 1]
        .map(|step| (step, super::secrets::same(figures(&key, step).as_bytes(), code.as_bytes())));
    right.into_iter().find(|(_, right)| *right).map(|(step, _)| step)
}

fn figures(key: &[u8], step: i64) -> String {
    let mac = hmac(key, &step.to_be_bytes());
    let at = usize::from(mac[19] & 15);
    let number = mac[at..at + 4].iter().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

fn bytes(secret: &str) -> Option<Vec<u8>> {
    let fives: Option<Vec<u8>> = secret
        .bytes()
        .map(|letter| LETTERS.iter().position(|known| *known == letter).and_then(|at| u8::try_from(at).ok()))
        .collect();
    let bits: Vec<u8> = fives?.iter().flat_map(|five| (0..5).rev().map(move |at| (five >> at) & 1)).collect();
    Some(bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |number, bit| (number << 1) | bit)).collect())
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 20] {
    let mut block = [0_u8; 64];
    let hashed;
    let key = if key.len() > 64 {
        hashed = sha1(key);
        hashed.as_slice()
    } else {
        key
    };
    block[..key.len()].copy_from_slice(key);
    let with = |pad: u8, message: &[u8]| {
        let mut text: Vec<u8> = block.iter().map(|byte| byte ^ pad).collect();
        text.extend_from_slice(message);
        sha1(&text)
    };
    with(0x5c, &with(0x36, message))
}

fn sha1(message: &[u8]) -> [u8; 20] {
    let mut padded = message.to_vec();
    padded.push(0x80);
    // Zeros up to the length, which takes the last eight bytes of a block.
    padded.resize((padded.len() + 8).next_multiple_of(64), 0);
    let length = padded.len();
    padded[length - 8..].copy_from_slice(&(message.len() as u64 * 8).to_be_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded.chunks_exact(64) {
        state = round(state, block);
    }
    let mut hash = [0; 20];
    for (to, word) in hash.chunks_exact_mut(4).zip(state) {
        to.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

fn round(state: [u32; 5], block: &[u8]) -> [u32; 5] {
    let mut words: Vec<u32> = block
        .chunks_exact(4)
        .map(|four| four.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte)))
        .collect();
    for at in 16..80 {
        words.push((words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1));
    }
    let [mut a, mut b, mut c, mut d, mut e] = state;
    for (at, word) in words.into_iter().enumerate() {
        let (mixed, constant) = match at {
            0..20 => ((b & c) | (!b & d), 0x5a82_7999),
            20..40 => (b ^ c ^ d, 0x6ed9_eba1),
            40..60 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
            _ => (b ^ c ^ d, 0xca62_c1d6_u32),
        };
        let next =
            a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(constant).wrapping_add(word);
        (a, b, c, d, e) = (next, a, b.rotate_left(30), c, d);
    }
    let [s0, s1, s2, s3, s4] = state;
    [s0.wrapping_add(a), s1.wrapping_add(b), s2.wrapping_add(c), s3.wrapping_add(d), s4.wrapping_add(e)]
}

/// The code that is right at a moment, for tests.
#[cfg(test)]
pub(crate) fn code(secret: &str, now: i64) -> String {
    figures(&bytes(secret).unwrap(), now.div_euclid(STEP))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// FIPS 180-4 and RFC 3174, and every length around the edges of a block.
    #[test]
    fn sha1_is_sha1() {
        assert_eq!(hex(&sha1(b"")), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assert_eq!(hex(&sha1(b"abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let two_blocks = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        assert_eq!(hex(&sha1(two_blocks)), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
        assert_eq!(hex(&sha1(&[b'a'; 1_000_000])), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
        for (length, hash) in [
            (55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
            (56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
            (63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5"),
            (64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
            (65, "11655326c708d70319be2610e8a57d9a5b959d3b"),
        ] {
            assert_eq!(hex(&sha1(&vec![b'a'; length])), hash, "{length}");
        }
    }

    /// RFC 2202, the first, second and sixth.
    #[test]
    fn hmac_is_hmac() {
        assert_eq!(hex(&hmac(&[0x0b; 20], b"Hi There")), "b617318655057264e28bc0b6fb378c8ef146be00");
        assert_eq!(
            hex(&hmac(b"Jefe", b"what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
        let long = hmac(&[0xaa; 80], b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(hex(&long), "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    }

    /// RFC 6238, appendix B, the last six of its eight figures.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = secret(b"12345678901234567890");
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for (seconds, figures) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            let now = seconds * SECOND;
            assert_eq!(code(&secret, now), figures);
            assert_eq!(step_of(&secret, figures, now), Some(seconds / 30));
            assert_eq!(step_of(&secret, figures, now + STEP), Some(seconds / 30));
            assert_eq!(step_of(&secret, figures, now - STEP), Some(seconds / 30));
            assert_eq!(step_of(&secret, figures, now + 2 * STEP), None);
        }
        assert_eq!(step_of("not base32", "287082", 0), None);
    }

    #[test]
    fn a_link_names_the_site_and_the_member() {
        assert_eq!(
            link("Samen & spel", "a+b@c.nl", "ABC"),
            "otpauth://totp/Samen%20%26%20spel:a%2Bb%40c.nl?secret=ABC&issuer=Samen%20%26%20spel"
        );
    }
}
