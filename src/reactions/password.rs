//! What is kept of a password, and whether one is right. In: passwords as they were typed. Out: PHC strings of Argon2id.
//!
//! Each takes 19 MiB for a moment, so only so many are worked on at once and only so many wait: whoever comes then is
//! asked to try again, and memory stays bounded whatever comes in. The parameters are those that OWASP's cheat sheet on
//! password storage gives; a hash with others is replaced at the next login.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use super::secrets::{Key, Use};

/// KiB of memory, passes, lanes.
const PARAMETERS: (u32, u32, u32) = (19_456, 2, 1);
/// So many wait at most, for each one that is worked on.
const QUEUE: usize = 8;
/// How long one waits at most.
const PATIENCE: Duration = Duration::from_secs(4);

/// Works on passwords, a few at a time.
pub struct Hashing {
    pepper: Vec<u8>,
    at_once: usize,
    busy: Mutex<Busy>,
    freed: Condvar,
    /// The hash of nobody's password, for those who are not there.
    nobody: String,
}

#[derive(Default)]
struct Busy {
    working: usize,
    waiting: usize,
}

/// Too many passwords at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooBusy;

/// What came of looking at a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is another one.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, and this should be kept instead of the old hash.
    Renew(String),
}

impl Hashing {
    /// With the key of the endpoint, and as many at once as there are cores.
    pub fn new(key: &Key) -> Hashing {
        let at_once = std::thread::available_parallelism().map_or(2, usize::from);
        let pepper = key.derive(Use::Pepper, &[]).to_vec();
        let mut hashing =
            Hashing { pepper, at_once, busy: Mutex::default(), freed: Condvar::new(), nobody: String::new() };
        hashing.nobody = hashing.make("nobody has this password").unwrap_or_default();
        hashing
    }

    /// What is kept of a password.
    pub fn hash(&self, password: &str) -> Result<String, TooBusy> {
        let _turn = self.turn()?;
        self.make(password).ok_or(TooBusy)
    }

    /// Whether it is the right one; without an account it takes as long.
    pub fn verify(&self, password: &str, kept: Option<&str>) -> Result<Verdict, TooBusy> {
        let _turn = self.turn()?;
        // Who has no password yet takes as long as who is not there.
        let kept = kept.and_then(|kept| PasswordHash::new(kept).ok());
        let is_there = kept.is_some();
        let Some(hash) = kept.or_else(|| PasswordHash::new(&self.nobody).ok()) else {
            return Ok(Verdict::Wrong);
        };
        let is_right =
            self.argon2().is_some_and(|argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok());
        if !is_right || !is_there {
            return Ok(Verdict::Wrong);
        }
        if is_current(&hash) {
            return Ok(Verdict::Right);
        }
        Ok(self.make(password).map_or(Verdict::Right, Verdict::Renew))
    }

    fn make(&self, password: &str) -> Option<String> {
        self.argon2()?.hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
    }

    fn argon2(&self) -> Option<Argon2<'_>> {
        let (memory, passes, lanes) = PARAMETERS;
        let parameters = Params::new(memory, passes, lanes, None).ok()?;
        Argon2::new_with_secret(&self.pepper, Algorithm::Argon2id, Version::V0x13, parameters).ok()
    }

    /// Waits for a place.
    fn turn(&self) -> Result<Turn<'_>, TooBusy> {
        let until = Instant::now() + PATIENCE;
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        if busy.working >= self.at_once && busy.waiting >= self.at_once * QUEUE {
            return Err(TooBusy);
        }
        busy.waiting += 1;
        while busy.working >= self.at_once {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                busy.waiting -= 1;
                return Err(TooBusy);
            }
            busy = self.freed.wait_timeout(busy, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        busy.waiting -= 1;
        busy.working += 1;
        Ok(Turn { of: self })
    }
}

/// A place among those that are worked on; it is free again when this is dropped.
struct Turn<'a> {
    of: &'a Hashing,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.of.busy.lock().unwrap_or_else(PoisonError::into_inner).working -= 1;
        self.of.freed.notify_one();
    }
}

fn is_current(hash: &PasswordHash) -> bool {
    let (memory, passes, lanes) = PARAMETERS;
    hash.algorithm.as_str() == "argon2id"
        && hash.params.get_decimal("m") == Some(memory)
        && hash.params.get_decimal("t") == Some(passes)
        && hash.params.get_decimal("p") == Some(lanes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashing() -> Hashing {
        Hashing::new(&Key::new().unwrap())
    }

    #[test]
    fn what_is_kept_is_argon2id_with_salt() {
        let hashing = hashing();
        let kept = hashing.hash("vier losse woorden hier").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        let hash = PasswordHash::new(&kept).unwrap();
        assert!(hash.salt.unwrap().len() >= 16);
        assert_ne!(kept, hashing.hash("vier losse woorden hier").unwrap());
        assert_eq!(hashing.verify("vier losse woorden hier", Some(&kept)), Ok(Verdict::Right));
        assert_eq!(hashing.verify("vier losse woorden hieR", Some(&kept)), Ok(Verdict::Wrong));
        assert_eq!(hashing.verify("nobody has this password", None), Ok(Verdict::Wrong));
        assert_eq!(hashing.verify("x", Some("not a hash")), Ok(Verdict::Wrong));
    }

    #[test]
    fn an_old_hash_is_renewed() {
        let hashing = hashing();
        let weak = Params::new(8, 1, 1, None).unwrap();
        let old =
            Argon2::new_with_secret(&hashing.pepper, Algorithm::Argon2id, Version::V0x13, weak).unwrap();
        let kept = old.hash_password(b"oud maar goed").unwrap().to_string();
        let Ok(Verdict::Renew(new)) = hashing.verify("oud maar goed", Some(&kept)) else {
            panic!("not renewed")
        };
        assert_eq!(hashing.verify("oud maar goed", Some(&new)), Ok(Verdict::Right));
    }

    #[test]
    fn the_database_alone_is_not_enough_to_guess() {
        let kept = hashing().hash("vier losse woorden hier").unwrap();
        assert_eq!(hashing().verify("vier losse woorden hier", Some(&kept)), Ok(Verdict::Wrong));
    }

    #[test]
    fn only_so_many_at_once() {
        let hashing = hashing();
        let turns: Vec<_> = (0..hashing.at_once).map(|_| hashing.turn().unwrap()).collect();
        hashing.busy.lock().unwrap().waiting = hashing.at_once * QUEUE;
        assert_eq!(hashing.hash("x"), Err(TooBusy));
        drop(turns);
        hashing.busy.lock().unwrap().waiting = 0;
        assert!(hashing.hash("x").is_ok());
    }
}
