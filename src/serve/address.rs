//! At which port a site is served and how it is called. In: what was asked for. Out: an open [`Door`] and a URL.

use std::net::{IpAddr, SocketAddr, TcpListener};

use super::ServeError;

/// The port that is used when none was asked for and it is free.
pub const USUAL_PORT: u16 = 1111;

/// An open port that nobody serves at yet. It is opened before the first build, because a site writes its own address
/// into its pages.
pub struct Door {
    pub(super) listener: TcpListener,
    address: SocketAddr,
    notice: Option<String>,
}

impl Door {
    /// Opens this port; without one the usual port or else the first free one from 1024 to 8999. Port 0 takes any.
    pub fn open(interface: IpAddr, port: Option<u16>) -> Result<Door, ServeError> {
        let wanted = SocketAddr::new(interface, port.unwrap_or(USUAL_PORT));
        match (TcpListener::bind(wanted), port) {
            (Ok(listener), _) => Door::of(listener, None),
            (Err(source), Some(_)) => Err(ServeError::Address { address: wanted, source }),
            // An address that is not of this machine is no better at another port.
            (Err(source), None) if source.kind() == std::io::ErrorKind::AddrNotAvailable => {
                Err(ServeError::Address { address: wanted, source })
            }
            (Err(_), None) => Door::open_other(interface),
        }
    }

    fn open_other(interface: IpAddr) -> Result<Door, ServeError> {
        let (port, listener) = (1024..9000)
            .filter(|port| *port != USUAL_PORT)
            .find_map(|port| TcpListener::bind((interface, port)).ok().map(|listener| (port, listener)))
            .ok_or(ServeError::NoPort(interface))?;
        let notice = format!("Port {USUAL_PORT} is in use by another program; port {port} is used instead.");
        Door::of(listener, Some(notice))
    }

    fn of(listener: TcpListener, notice: Option<String>) -> Result<Door, ServeError> {
        let address = listener.local_addr().map_err(ServeError::Start)?;
        Ok(Door { listener, address, notice })
    }

    /// The address that was opened.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Why it is another port than expected, if it is.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }
}

/// The address of the site as its pages write it, without a slash at the end (except when it is only `/`).
///
/// Without `given` it is the address of the door. A `given` address keeps its path and gets the door's port, unless it
/// names a port itself or `keep_as_is` says that something stands before the server. Zola appends the port even
/// when there is one, which gives an address that does not exist.
pub fn site_url(given: Option<&str>, address: SocketAddr, keep_as_is: bool) -> String {
    let Some(given) = given else { return format!("http://{address}") };
    if given == "/" {
        return given.to_owned();
    }
    let (scheme, rest) = given.split_once("://").unwrap_or(("http", given));
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let port = if keep_as_is || names_port(host) { String::new() } else { format!(":{}", address.port()) };
    format!("{scheme}://{host}{port}{}", path.trim_end_matches('/'))
}

fn names_port(host: &str) -> bool {
    host.rsplit_once(':')
        .is_some_and(|(_, port)| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()))
}

/// The path under which a site with this URL is served; begins and ends with a slash.
pub(super) fn base_path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let path = path.split(['?', '#']).next().unwrap_or("").trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

/// The host and port in a URL as a browser would send them; none when it has no host.
pub(super) fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn a_port_in_use_that_was_asked_for_is_an_error() {
        let first = Door::open(HOME, Some(0)).unwrap();
        let error = Door::open(HOME, Some(first.address().port())).err().unwrap();
        assert!(
            matches!(error, ServeError::Address { address, .. } if address == first.address()),
            "{error}"
        );
    }

    #[test]
    fn without_a_wish_there_is_always_a_port() {
        let _usual = TcpListener::bind((HOME, USUAL_PORT));
        let door = Door::open(HOME, None).unwrap();
        assert_ne!(door.address().port(), USUAL_PORT);
        assert!((1024..9000).contains(&door.address().port()));
        assert!(door.notice().is_some_and(|notice| notice.contains(&door.address().port().to_string())));
    }

    #[test]
    fn urls() {
        let at: SocketAddr = "127.0.0.1:1234".parse().unwrap();
        for (given, as_is, expected, path) in [
            (None, false, "http://127.0.0.1:1234", "/"),
            (Some("/"), false, "/", "/"),
            (Some("localhost"), false, "http://localhost:1234", "/"),
            (Some("localhost/sub"), false, "http://localhost:1234/sub", "/sub/"),
            (Some("https://a.nl/x/y/"), false, "https://a.nl:1234/x/y", "/x/y/"),
            (Some("https://a.nl/x/"), true, "https://a.nl/x", "/x/"),
            (Some("http://a.nl:80/x"), false, "http://a.nl:80/x", "/x/"),
            (Some("http://[::1]/"), false, "http://[::1]:1234", "/"),
        ] {
            let url = site_url(given, at, as_is);
            assert_eq!(url, expected);
            assert_eq!(base_path(&url), path, "{url}");
        }
        assert_eq!(authority("http://a.nl:80/x"), Some("a.nl:80"));
        assert_eq!(authority("/"), None);
    }
}
