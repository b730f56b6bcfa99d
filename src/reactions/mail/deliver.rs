//! Where mails go. In: the address of a mail server, or a folder; and a letter. Out: whether it was taken, and if not,
//! whether to try again.
//!
//! Without a mail server every mail becomes a file with the ending `.eml`, which any mail program opens. What goes wrong
//! is told without an address in it: it ends up in a log.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::Transport;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{self, SmtpTransport};
use url::Url;

use super::Letter;
use super::message::{Sender, Stamp, is_id, written};

/// A way for mails.
pub struct Delivery(Way);

enum Way {
    Server(SmtpTransport),
    Folder(PathBuf),
}

/// Why a mail did not go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It may go later: the server is away, busy or set up wrongly.
    Temporary(String),
    /// It will never go: the letter or the address is wrong.
    Permanent(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Failure::Temporary(reason) | Failure::Permanent(reason)) = self;
        f.write_str(reason)
    }
}

impl Delivery {
    /// A mail server: `smtps://name:password@host:465`, or `smtp://name:password@host:587?tls=required`. Without TLS only
    /// on this machine. `limit` holds for the connection and for every answer; `host` is what we call ourselves.
    pub fn server(address: &str, host: &str, limit: Duration) -> Result<Self, String> {
        // What is told of the address must not tell the password.
        let url = Url::parse(address)
            .map_err(|error| format!("Het adres van de mailserver is geen URL: {error}."))?;
        let server = url.host_str().filter(|host| !host.is_empty());
        let server = server.ok_or("In het adres van de mailserver staat geen server.")?;
        let wanted: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let tls = match (url.scheme(), wanted.as_slice()) {
            ("smtps", []) => Tls::Wrapper(parameters(server)?),
            ("smtp", [(key, value)]) if key == "tls" && value == "required" => Tls::Required(parameters(server)?),
            ("smtp", []) if is_here(server) => Tls::None,
            ("smtp", []) => return Err("Zonder TLS gaat mail alleen naar deze machine zelf. Schrijf `smtps://…`, of zet `?tls=required` achter het adres.".to_owned()),
            _ => return Err("Het adres van een mailserver is `smtps://naam:wachtwoord@server:465` of `smtp://naam:wachtwoord@server:587?tls=required`.".to_owned()),
        };
        let port = url.port().unwrap_or(if url.scheme() == "smtps" {
            465
        } else if matches!(tls, Tls::None) {
            25
        } else {
            587
        });
        let mut builder = SmtpTransport::builder_dangerous(server.trim_matches(['[', ']']))
            .port(port)
            .tls(tls)
            .timeout(Some(limit))
            .hello_name(ClientId::Domain(host.to_owned()));
        if let Some(login) = login(&url)? {
            builder = builder.credentials(login);
        }
        Ok(Delivery(Way::Server(builder.build())))
    }

    /// A folder that is there.
    pub fn folder(folder: &Path) -> Self {
        Delivery(Way::Folder(folder.to_owned()))
    }

    /// Sends one letter.
    pub fn send(&self, letter: &Letter, sender: &Sender, stamp: Stamp<'_>) -> Result<(), Failure> {
        let (envelope, bytes) =
            written(letter, sender, stamp).map_err(|refused| Failure::Permanent(refused.to_string()))?;
        match &self.0 {
            Way::Server(server) => {
                server.send_raw(&envelope, &bytes).map(drop).map_err(|error| failure(&error))
            }
            Way::Folder(folder) => keep(folder, stamp, &bytes)
                .map_err(|error| Failure::Temporary(format!("De mail kon niet in de map: {error}."))),
        }
    }
}

fn parameters(server: &str) -> Result<TlsParameters, String> {
    TlsParameters::new(server.to_owned())
        .map_err(|_| "TLS kan niet worden opgezet met deze mailserver.".to_owned())
}

fn is_here(server: &str) -> bool {
    let address = server.trim_matches(['[', ']']).parse::<IpAddr>();
    server == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Name and password of an address, both or neither.
fn login(url: &Url) -> Result<Option<smtp::authentication::Credentials>, String> {
    let decoded = |part: &str| {
        let text = percent_encoding::percent_decode_str(part).decode_utf8();
        text.map(String::from).map_err(|_| "Naam of wachtwoord van de mailserver is geen UTF-8.".to_owned())
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", _) | (_, None) => {
            Err("Bij de mailserver hoort een naam met een wachtwoord, of geen van beide.".to_owned())
        }
        (name, Some(password)) => {
            Ok(Some(smtp::authentication::Credentials::new(decoded(name)?, decoded(password)?)))
        }
    }
}

/// What went wrong, without the words of the server: those often repeat the address.
fn failure(error: &smtp::Error) -> Failure {
    let code = error.status().map(u16::from);
    match code {
        // Who may not log in has set something up wrongly; the mail itself is good.
        Some(code @ (502..=504 | 530 | 534 | 535 | 538)) => {
            Failure::Temporary(format!("De mailserver laat ons niet toe (antwoord {code})."))
        }
        Some(code @ 500..) => Failure::Permanent(format!("De mailserver weigert de mail (antwoord {code}).")),
        Some(code) => {
            Failure::Temporary(format!("De mailserver neemt de mail nu niet aan (antwoord {code})."))
        }
        None if is_late(error) => Failure::Temporary("De mailserver antwoordt niet op tijd.".to_owned()),
        None if error.is_tls() => {
            Failure::Temporary("De beveiligde verbinding met de mailserver lukt niet.".to_owned())
        }
        None if error.is_client() => {
            Failure::Permanent("De mailserver kan deze mail niet verwerken.".to_owned())
        }
        None => Failure::Temporary("De mailserver is niet bereikbaar.".to_owned()),
    }
}

/// Whether a time limit was reached. Some systems then say that the read would have had to wait.
fn is_late(error: &smtp::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let kind = inner.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)) {
            return true;
        }
        source = inner.source();
    }
    false
}

/// A file that is there whole or not at all, and that nobody else can read. The same mail again takes the same place.
fn keep(folder: &Path, stamp: Stamp<'_>, bytes: &[u8]) -> io::Result<()> {
    let seconds = i64::try_from(stamp.seconds).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_second(seconds).map_err(io::Error::other)?.strftime("%Y%m%dT%H%M%SZ");
    if !is_id(stamp.id) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let name = format!("{time}-{}.eml", stamp.id);
    let unfinished = folder.join(format!(".{name}.nieuw"));
    let result = put(&unfinished, bytes).and_then(|()| std::fs::rename(&unfinished, folder.join(&name)));
    if result.is_err() {
        // What is left of it would be in the way of the next try.
        _ = std::fs::remove_file(&unfinished);
    }
    result.and_then(|()| File::open(folder)?.sync_all())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a broken try left behind may be readable for others.
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
