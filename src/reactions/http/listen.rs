//! Where the endpoint listens: a Unix socket, or a port that only this machine reaches. In: the setting. Out: a server, or
//! why it will not listen there.
//!
//! `tiny_http` has no time limits, reads heads without end and can be led to see two requests in one; a proxy in front
//! takes all that away. So it is not put where strangers reach it, whatever the settings say.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;

/// Where an endpoint listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// At a socket in the file system. Whoever may open it is trusted to be the proxy.
    Unix(PathBuf),
    /// At a port of this machine itself.
    Port(SocketAddr),
}

/// Who is believed about where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proxies {
    /// Nobody: browsers come here themselves.
    Nobody,
    /// Whoever opened the socket, and these behind it.
    Socket(Vec<IpAddr>),
    /// Whoever is on this machine.
    Here,
    /// These.
    These(Vec<IpAddr>),
}

impl Proxies {
    /// Whether one at this address is believed.
    pub(super) fn has(&self, address: IpAddr) -> bool {
        match self {
            Proxies::Nobody => false,
            Proxies::Here => is_loopback(address),
            Proxies::Socket(these) | Proxies::These(these) => these.contains(&address.to_canonical()),
        }
    }
}

impl Listen {
    /// Reads the setting.
    pub fn read(text: &str) -> Result<Listen, String> {
        if let Some(path) = text.strip_prefix("unix:") {
            return if cfg!(unix) && !path.is_empty() {
                Ok(Listen::Unix(path.into()))
            } else {
                Err(format!("listen: `{text}` names no socket; write `unix:/run/praktijk/reacties.sock`"))
            };
        }
        let address: SocketAddr = text.replace("localhost:", "127.0.0.1:").parse().map_err(|_| {
            format!("listen: `{text}` is neither `unix:PATH` nor an address such as `127.0.0.1:8791`")
        })?;
        if !is_loopback(address.ip()) {
            return Err(format!(
                "listen: `{text}` can be reached from elsewhere. The endpoint listens on this machine only, behind a web server that has time limits and TLS.\n  help: Write `listen = \"127.0.0.1:{}\"` or `listen = \"unix:/run/praktijk/reacties.sock\"`, and let nginx or Caddy pass `/reacties/` on to it.",
                address.port()
            ));
        }
        Ok(Listen::Port(address))
    }

    /// Who is believed here about where requests come from. `set`: what the settings say.
    pub(super) fn proxies(&self, set: Option<&[IpAddr]>) -> Proxies {
        match (self, set) {
            (Listen::Unix(_), set) => Proxies::Socket(set.unwrap_or_default().to_vec()),
            (Listen::Port(_), Some(these)) => Proxies::These(these.to_vec()),
            // Strangers cannot come here, and a proxy says who asks. Without this everybody would be one network, and one
            // of them could use up what all of them may do in an hour.
            (Listen::Port(_), None) => Proxies::Here,
        }
    }

    /// Begins to listen.
    pub(super) fn open(&self) -> Result<tiny_http::Server, String> {
        match self {
            Listen::Port(address) => {
                let listener = TcpListener::bind(address).map_err(|error| format!("{address}: {error}"))?;
                tiny_http::Server::from_listener(listener, None)
                    .map_err(|error| format!("{address}: {error}"))
            }
            #[cfg(unix)]
            Listen::Unix(path) => unix(path),
            #[cfg(not(unix))]
            Listen::Unix(path) => Err(format!("{}: this machine has no such sockets", path.display())),
        }
    }
}

impl std::fmt::Display for Listen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Listen::Unix(path) => write!(f, "unix:{}", path.display()),
            Listen::Port(address) => write!(f, "{address}"),
        }
    }
}

#[cfg(unix)]
fn unix(path: &std::path::Path) -> Result<tiny_http::Server, String> {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
    use std::os::unix::net::{UnixListener, UnixStream};

    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Ok(about) = std::fs::symlink_metadata(path) {
        if !about.file_type().is_socket() {
            return Err(format!("{} is there already and is no socket", path.display()));
        }
        // One that nobody listens at was left by an endpoint that ended without time to tidy up.
        if UnixStream::connect(path).is_ok() {
            return Err(format!("{}: another endpoint listens there", path.display()));
        }
        std::fs::remove_file(path).map_err(told)?;
    }
    let listener = UnixListener::bind(path).map_err(told)?;
    // The group is the web server's; nobody else has anything to say here.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660)).map_err(told)?;
    tiny_http::Server::from_listener(listener, None).map_err(|error| format!("{}: {error}", path.display()))
}

/// Whether an address is one of this very machine.
pub fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_can_reach_is_refused_with_the_reason() {
        for public in
            ["0.0.0.0:8791", "[::]:8791", "192.0.2.1:80", "[2001:db8::1]:80", "[::ffff:192.0.2.1]:80"]
        {
            let why = Listen::read(public).unwrap_err();
            assert!(
                why.contains("can be reached from elsewhere") && why.contains("nginx"),
                "{public}: {why}"
            );
        }
        for wrong in ["", "8791", "unix:", "example.org:80", "127.0.0.1"] {
            assert!(Listen::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn this_machine_itself_is_fine() {
        for here in ["127.0.0.1:0", "[::1]:8791", "localhost:8791", "[::ffff:127.0.0.1]:80"] {
            assert!(matches!(Listen::read(here), Ok(Listen::Port(_))), "{here}");
        }
        assert!(matches!(Listen::read("unix:/run/x.sock"), Ok(Listen::Unix(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_is_for_the_group_and_taken_over_only_when_nobody_listens() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.sock");
        let listen = Listen::Unix(path.clone());
        let first = listen.open().unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o660);
        assert!(listen.open().err().unwrap().contains("another endpoint"));
        drop(first);
        std::fs::remove_file(&path).ok();
        std::fs::write(&path, "mine").unwrap();
        assert!(listen.open().err().unwrap().contains("no socket"));
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    }
}
