//! Where a request comes from, in as little as will do. In: an address, what a browser says of itself. Out: a network, a few
//! words.

use std::net::IpAddr;

/// The part of an address that stands for a network: /24 and /64.
pub fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => "nergens".to_owned(),
        Some(IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}")
        }
        Some(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

/// Browser and system in a few words of ours, so that members know their own logins.
pub(super) fn device(agent: &str) -> String {
    let first = |words: &[(&str, &'static str)], other: &'static str| {
        words.iter().find(|(part, _)| agent.contains(part)).map_or(other, |(_, word)| *word)
    };
    let browser = first(
        &[
            ("Firefox/", "Firefox"),
            ("Edg/", "Edge"),
            ("OPR/", "Opera"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ],
        "Een browser",
    );
    let system = first(
        &[
            ("Android", "Android"),
            ("iPhone", "een iPhone"),
            ("iPad", "een iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "een Mac"),
            ("Linux", "Linux"),
        ],
        "een ander apparaat",
    );
    format!("{browser} op {system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_an_address_without_its_end() {
        for (address, network_of) in [
            ("192.0.2.77", "192.0.2"),
            ("::ffff:192.0.2.78", "192.0.2"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
        ] {
            assert_eq!(network(Some(address.parse().unwrap())), network_of);
        }
        assert_eq!(network(None), "nergens");
    }

    #[test]
    fn devices_are_told_in_words_of_ours() {
        let agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0";
        assert_eq!(device(agent), "Edge op Windows");
        assert_eq!(device("<script>"), "Een browser op een ander apparaat");
    }
}
