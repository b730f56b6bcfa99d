//! What an endpoint says of itself: lines for whoever runs it, and counters. In: what happened, never with a text, name,
//! address or network of a visitor. Out: one JSON object a line, and numbers in the text form of Prometheus.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::json;

use super::clock;

/// Where lines go.
pub type Sink = dyn Fn(&str) + Send + Sync;

/// What an endpoint says of itself.
#[derive(Clone)]
pub struct Log {
    sink: Arc<Sink>,
    counts: Arc<Mutex<Counts>>,
}

#[derive(Default)]
struct Counts {
    answers: BTreeMap<(&'static str, u16), u64>,
    seconds: BTreeMap<&'static str, (u64, f64)>,
    others: BTreeMap<&'static str, u64>,
}

impl Log {
    /// A log whose lines go to `sink`.
    pub fn new(sink: impl Fn(&str) + Send + Sync + 'static) -> Log {
        Log { sink: Arc::new(sink), counts: Arc::default() }
    }

    /// Something whoever runs it may want to know.
    pub fn say(&self, now: i64, level: &str, what: &str, detail: &serde_json::Value) {
        let mut line = json!({"tijd": clock::written(now), "niveau": level, "wat": what});
        if let (Some(line), Some(detail)) = (line.as_object_mut(), detail.as_object()) {
            line.extend(detail.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        (self.sink)(&line.to_string());
    }

    /// An answer went out. The route is one of ours, never what was asked for.
    pub fn answered(&self, route: &'static str, status: u16, seconds: f64) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.answers.entry((route, status)).or_default() += 1;
        let (number, sum) = counts.seconds.entry(route).or_default();
        *number += 1;
        *sum += seconds;
    }

    /// Something else happened once more.
    pub fn count(&self, what: &'static str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.others.entry(what).or_default() += 1;
    }

    /// All counters, and some values that are asked for now.
    pub fn metrics(&self, now: &[(&str, i64)]) -> String {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::from("# TYPE praktijk_reacties_antwoorden_total counter\n");
        for ((route, status), number) in &counts.answers {
            text.push_str(&format!(
                "praktijk_reacties_antwoorden_total{{route=\"{route}\",status=\"{status}\"}} {number}\n"
            ));
        }
        text.push_str("# TYPE praktijk_reacties_seconden summary\n");
        for (route, (number, sum)) in &counts.seconds {
            text.push_str(&format!("praktijk_reacties_seconden_sum{{route=\"{route}\"}} {sum:.6}\n"));
            text.push_str(&format!("praktijk_reacties_seconden_count{{route=\"{route}\"}} {number}\n"));
        }
        for (what, number) in &counts.others {
            text.push_str(&format!(
                "# TYPE praktijk_reacties_{what}_total counter\npraktijk_reacties_{what}_total {number}\n"
            ));
        }
        for (what, value) in now {
            text.push_str(&format!(
                "# TYPE praktijk_reacties_{what} gauge\npraktijk_reacties_{what} {value}\n"
            ));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_whatever_is_said() {
        let said: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = said.clone();
        let log = Log::new(move |line| heard.lock().unwrap().push(line.to_owned()));
        log.say(0, "fout", "post", &json!({"waarom": "x\n{\"tijd\":1}"}));
        let said = said.lock().unwrap();
        assert_eq!(
            said[0],
            r#"{"tijd":"1970-01-01T00:00:00Z","niveau":"fout","wat":"post","waarom":"x\n{\"tijd\":1}"}"#
        );
    }

    #[test]
    fn counters_add_up() {
        let log = Log::new(|_| {});
        log.answered("inloggen", 303, 0.25);
        log.answered("inloggen", 303, 0.25);
        log.count("posts");
        let text = log.metrics(&[("wacht", 3)]);
        assert!(text.contains("antwoorden_total{route=\"inloggen\",status=\"303\"} 2\n"), "{text}");
        assert!(text.contains("seconden_sum{route=\"inloggen\"} 0.500000\n"), "{text}");
        assert!(
            text.contains("praktijk_reacties_posts_total 1\n")
                && text.contains("praktijk_reacties_wacht 3\n")
        );
    }
}
