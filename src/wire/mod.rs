//! What every server of ours shares about `tiny_http`, which knows no limits and would keep every connection open. In: a
//! request that it read. Out: the way back to whoever asked, and the head of an answer.

use std::io::{self, Write};

/// What `tiny_http` may throw away of a body by itself, for which it reserves memory.
const SMALL_BODY: usize = 64 * 1024;
/// A body that is said to be longer than this is not waited for.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// The way back to a browser.
pub type Writer = Box<dyn Write + Send>;

/// The way back to who sent this request. What is left of a body is waited for and thrown away. None when a body is said to
/// be longer than any memory: `tiny_http` would make room for all of it when the request is let go, and the program would
/// end. So such a request is never let go, which costs its connection.
pub fn way_back(mut request: tiny_http::Request) -> Option<Writer> {
    match request.body_length() {
        Some(length) if length > LARGEST_BODY => {
            std::mem::forget(request);
            return None;
        }
        Some(length) if length > SMALL_BODY => {
            // When the body does not come, its sender has gone or hears what is wrong with the request all the same.
            let _ = io::copy(request.as_reader(), &mut io::sink());
        }
        _ => {}
    }
    Some(request.into_writer())
}

/// The first part of an answer, up to and with the empty line. It says that the connection ends.
pub fn head<'a>(status: u16, headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in headers {
        // No value of ours holds a line end. Should one ever, it must not become a header of its own.
        let value: String = value.chars().filter(|sign| !sign.is_control()).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("Connection: close\r\n\r\n");
    head.into_bytes()
}

/// The words with a status code.
pub fn reason(status: u16) -> &'static str {
    tiny_http::StatusCode(status).default_reason_phrase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_in_a_value_makes_no_header() {
        let expected =
            "HTTP/1.1 301 Moved Permanently\r\nLocation: /aSet-Cookie: x\r\nConnection: close\r\n\r\n";
        let head = head(301, [("Location", "/a\r\nSet-Cookie: x")]);
        assert_eq!(String::from_utf8(head).unwrap(), expected);
    }

    #[test]
    fn no_room_is_made_for_more_than_there_is() {
        for (length, has_way) in [
            ("0", true),
            ("64000", true),
            ("67108864", true),
            ("67108865", false),
            ("100000000000000", false),
        ] {
            let header = format!("Content-Length: {length}").parse::<tiny_http::Header>().unwrap();
            let request = tiny_http::TestRequest::new().with_header(header);
            assert_eq!(way_back(request.into()).is_some(), has_way, "{length}");
        }
    }
}
