//! Sets a key in front matter or settings as an author would: in the text, leaving the rest as it is.

/// Sets a key, or takes it out. `table` is empty for the top.
pub(super) fn set(text: &str, table: &str, key: &str, value: Option<&str>) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let fenced = lines.first().is_some_and(|line| line == "+++");
    let start = usize::from(fenced);
    let end = if fenced {
        lines.iter().skip(1).position(|line| line == "+++").map_or(lines.len(), |at| at + 1)
    } else {
        lines.len()
    };
    let next_table = |lines: &[String], from: usize| {
        (from..end.min(lines.len())).find(|at| lines[*at].starts_with('[')).unwrap_or(end)
    };
    let first = if table.is_empty() {
        start
    } else {
        let heading = format!("[{table}]");
        match (start..end).find(|at| lines[*at] == heading) {
            Some(at) => at + 1,
            None if value.is_none() => return text.to_owned(),
            None => {
                // A text that ends in a line break has an empty last line; the table goes before it.
                let at = if fenced { end } else { end - usize::from(lines[end - 1].is_empty()) };
                lines.insert(at, heading);
                lines.insert(at + 1, format!("{key} = {}", value.unwrap_or_default()));
                return lines.join("\n");
            }
        }
    };
    let last = next_table(&lines, first);
    let known = (first..last).find(|at| lines[*at].split(" = ").next() == Some(key));
    match (known, value) {
        (Some(at), Some(value)) => lines[at] = format!("{key} = {value}"),
        (Some(at), None) => {
            lines.remove(at);
        }
        (None, Some(value)) => lines.insert(first, format!("{key} = {value}")),
        (None, None) => {}
    }
    lines.join("\n")
}

#[test]
fn a_key_is_set_where_it_belongs() {
    let text = "+++\na = 1\n[extra]\na = 2\n+++\na = 3\n";
    assert_eq!(set(text, "", "a", Some("9")), "+++\na = 9\n[extra]\na = 2\n+++\na = 3\n");
    assert_eq!(set(text, "extra", "a", None), "+++\na = 1\n[extra]\n+++\na = 3\n");
    assert_eq!(set(text, "t", "b", Some("1")), "+++\na = 1\n[extra]\na = 2\n[t]\nb = 1\n+++\na = 3\n");
    assert_eq!(set("a = 1\n", "t", "b", Some("1")), "a = 1\n[t]\nb = 1\n");
    assert_eq!(set("a = 1\n", "", "c", Some("1")), "c = 1\na = 1\n");
}
