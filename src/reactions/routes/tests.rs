//! The gates that every request passes, whatever it asks.

use super::testing::{Browser, town};

#[test]
fn the_health_page_answers_everybody_and_the_counters_only_the_token() {
    let (town, mut browser) = (town(), Browser::default());
    let health = browser.get(&town, "gezond");
    assert_eq!(health.status, 200);
    assert!(health.words().starts_with("goed\n"));
    assert_eq!(browser.get(&town, "meters").status, 404);
    browser.headers = vec![("Authorization", "Bearer the-token-of-the-builD".to_owned())];
    assert_eq!(browser.get(&town, "meters").status, 404);
    browser.headers = vec![("Authorization", "Bearer the-token-of-the-build".to_owned())];
    let counters = browser.get(&town, "meters");
    assert!(counters.words().contains("praktijk_reacties_antwoorden_total{route=\"gezond\",status=\"200\"} 1"));
}

#[test]
fn an_unknown_path_is_not_found_and_no_method_but_three_is_known() {
    let (town, mut browser) = (town(), Browser::default());
    for path in ["wp-login.php", "../etc/passwd", "gezond/", "%67ezond"] {
        assert_eq!(browser.get(&town, path).status, 404, "{path}");
    }
    for method in ["PUT", "DELETE", "TRACE", "OPTIONS", "POST"] {
        let answer = browser.ask(&town, method, "gezond", Vec::new());
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert!(browser.ask(&town, "HEAD", "gezond", Vec::new()).only_head);
}
