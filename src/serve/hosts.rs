//! Whether a request was meant for us. A page of a stranger can let its own name point to this machine (DNS rebinding)
//! and would then be of the same origin as the site; the `Host` header gives it away.

use std::net::{IpAddr, SocketAddr};

use super::address::authority;

/// The names we go by.
pub(super) struct Hosts {
    listens: SocketAddr,
    /// The host of the site's address, with its port if it has one.
    own: Option<String>,
}

impl Hosts {
    /// The names of a server that listens here and whose site has this URL.
    pub(super) fn new(listens: SocketAddr, url: &str) -> Hosts {
        Hosts { listens, own: authority(url).map(str::to_ascii_lowercase) }
    }

    /// Whether this `Host` header means us.
    pub(super) fn know(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        if self.own.as_deref() == Some(host.as_str()) {
            return true;
        }
        let (name, port) = split(&host);
        let port = match port {
            None => 80,
            Some(port) => match port.parse() {
                Ok(port) => port,
                Err(_) => return false,
            },
        };
        port == self.listens.port() && self.know_name(name)
    }

    fn know_name(&self, name: &str) -> bool {
        if name == "localhost" {
            return true;
        }
        // An address cannot be made to point elsewhere, so at all interfaces any address will do.
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        address
            .is_ok_and(|ip| ip.is_loopback() || ip == self.listens.ip() || self.listens.ip().is_unspecified())
    }

    /// Whether this `Origin` header names a page of ours under another of our names. It may read our answers: a page at
    /// `localhost` has its fonts at `127.0.0.1` when those addresses were written in full.
    pub(super) fn know_origin(&self, origin: &str) -> bool {
        authority(origin).is_some_and(|host| self.know(host)) && origin.matches('/').count() == 2
    }
}

/// A host and its port, if it names one.
fn split(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn know(listens: &str, url: &str, host: &str) -> bool {
        Hosts::new(listens.parse().unwrap(), url).know(host)
    }

    #[test]
    fn names_of_our_own() {
        for host in ["127.0.0.1:1111", "localhost:1111", "LOCALHOST:1111", "[::1]:1111"] {
            assert!(know("127.0.0.1:1111", "http://127.0.0.1:1111", host), "{host}");
        }
        assert!(know("127.0.0.1:80", "/", "localhost"));
        assert!(know("192.168.1.7:1111", "/", "192.168.1.7:1111"));
        assert!(know("0.0.0.0:1111", "/", "192.168.1.7:1111"));
        assert!(know("127.0.0.1:1111", "https://Voorbeeld.test/sub", "voorbeeld.test"));
    }

    #[test]
    fn names_of_strangers() {
        for host in [
            "",
            "evil.example:1111",
            "127.0.0.1",
            "127.0.0.1:1112",
            "localhost.evil.example:1111",
            "localhost:",
            "127.0.0.1:1111@evil.example",
            "192.168.1.7:1111",
            "127.0.0.1:1111:1111",
            "127.0.0.1.nip.io:1111",
        ] {
            assert!(!know("127.0.0.1:1111", "http://127.0.0.1:1111", host), "{host}");
        }
        assert!(!know("0.0.0.0:1111", "/", "evil.example:1111"));
        assert!(!know("127.0.0.1:1111", "https://voorbeeld.test", "voorbeeld.test:1112"));
    }

    #[test]
    fn origins() {
        let hosts = Hosts::new("127.0.0.1:1111".parse().unwrap(), "/");
        assert!(hosts.know_origin("http://localhost:1111"));
        for origin in
            ["null", "http://localhost:1112", "http://evil.example:1111", "http://localhost:1111/x", "*"]
        {
            assert!(!hosts.know_origin(origin), "{origin}");
        }
    }
}
