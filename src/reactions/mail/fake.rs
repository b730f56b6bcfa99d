//! A mail server for the tests. In: how it behaves. Out: an address on this machine, and what it was told.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

/// How a server behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Takes every mail.
    Takes,
    /// Answers this to the word it begins with, and everything else as it should.
    Says(&'static str, &'static str),
    /// Hangs up when this word comes.
    HangsUp(&'static str),
    /// Never says a word.
    Silent,
}

/// A server that takes one connection.
pub(super) struct Server {
    /// Where it listens.
    pub(super) url: String,
    thread: JoinHandle<Vec<String>>,
}

impl Server {
    /// Starts one.
    pub(super) fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let thread = std::thread::spawn(move || {
            let (stream, _) = listener.accept().expect("somebody comes");
            talk(stream, manner)
        });
        Server { url, thread }
    }

    /// The lines it was sent, when the other side is gone.
    pub(super) fn heard(self) -> Vec<String> {
        self.thread.join().expect("no panic")
    }
}

fn talk(mut stream: TcpStream, manner: Manner) -> Vec<String> {
    let mut heard = Vec::new();
    if manner == Manner::Silent {
        // It waits until the other side has had enough.
        _ = std::io::copy(&mut stream, &mut std::io::sink());
        return heard;
    }
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).split(b'\n');
    let mut in_data = false;
    if stream.write_all(b"220 hier\r\n").is_err() {
        return heard;
    }
    while let Some(Ok(line)) = lines.next() {
        let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
        heard.push(line.clone());
        if in_data && line != "." {
            continue;
        }
        if matches!(manner, Manner::HangsUp(word) if line.starts_with(word)) {
            return heard;
        }
        let usual = match line.get(..4) {
            Some("EHLO") => "250-hier\r\n250 AUTH PLAIN",
            Some("AUTH") => "235 goed",
            Some("DATA") => "354 ga door",
            Some("QUIT") => "221 dag",
            _ => "250 goed",
        };
        let answer = match manner {
            Manner::Says(word, answer) if line.starts_with(word) => answer,
            _ => usual,
        };
        in_data = answer.starts_with("354");
        if stream.write_all(format!("{answer}\r\n").as_bytes()).is_err() {
            return heard;
        }
    }
    heard
}
