//! `serve-edit`: how soon an edit is on screen. In: a site. Out: the time from saving to the event and to the new page.

use std::error::Error;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::edit::Edit;
use crate::table::{self, median, seconds};

/// How many edits are made.
const EDITS: usize = 20;

/// A server that stops when this goes.
struct Server {
    process: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Measures one site.
pub(crate) fn measure(site: &Path) -> Result<(), Box<dyn Error>> {
    let site = site.canonicalize()?;
    let start = Instant::now();
    let server = serve(&site)?;
    let ready = start.elapsed();
    sleep(Duration::from_secs(3));
    let mut times = Vec::new();
    for number in 1..=EDITS {
        times.push(edit(&site, &server, number)?);
        // What is counted is one edit: not the end of the one before, nor a rest of its burst.
        sleep(Duration::from_millis(300));
    }
    show(crate::edit::pages(&site).len(), ready, &times);
    Ok(())
}

fn serve(site: &Path) -> Result<Server, Box<dyn Error>> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let program = std::env::var_os("PRAKTIJK").unwrap_or_else(|| env!("CARGO_BIN_EXE_praktijk").into());
    let words: [OsString; 3] = ["serve".into(), "--port".into(), port.to_string().into()];
    let process = Command::new(program)
        .args(words)
        .current_dir(site)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut server = Server { process, address: format!("http://127.0.0.1:{port}/") };
    let mut said = BufReader::new(server.process.stderr.take().ok_or("no stream")?).lines();
    for line in said.by_ref() {
        if line?.contains(server.address.trim_end_matches('/')) {
            // What else it says must be read, or it would wait for room to say it.
            std::thread::spawn(move || said.for_each(drop));
            return Ok(server);
        }
    }
    Err("praktijk serve ended before it served".into())
}

/// One edit: how long until the browser is told, and until it has the page.
fn edit(site: &Path, server: &Server, number: usize) -> Result<(Duration, Duration), Box<dyn Error>> {
    let mut edit = Edit::of(site, number)?;
    let page = format!("{}{}", server.address, edit.url());
    let before = get(&page)?;
    let version = before.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.ok_or("the page carries no script that reloads it")?;
    let stream = ureq::get(format!("{}_praktijk/reload?since={version}", server.address)).call()?;
    let mut events = BufReader::new(stream.into_body().into_reader()).lines();
    // The first thing said is the state of things, if anything is said at all.
    let start = Instant::now();
    let mark = edit.write(number)?;
    loop {
        let line = events.next().ok_or("the stream of events ended")??;
        if line.starts_with("data:") && line.contains("\"reload\":true") {
            break;
        }
    }
    let told = start.elapsed();
    let after = get(&page)?;
    let shown = start.elapsed();
    if before.contains(&mark) || !after.contains(&mark) {
        return Err(format!("{page} does not show what was written").into());
    }
    drop(edit);
    while get(&page)?.contains(&mark) {
        sleep(Duration::from_millis(20));
    }
    Ok((told, shown))
}

fn get(address: &str) -> Result<String, ureq::Error> {
    ureq::get(address).call()?.body_mut().read_to_string()
}

fn show(pages: usize, ready: Duration, times: &[(Duration, Duration)]) {
    let line = |name: &str, pick: fn(&(Duration, Duration)) -> Duration| {
        let worst = times.iter().map(pick).max().unwrap_or_default();
        vec![name.to_owned(), seconds(median(times.iter().map(pick))), seconds(worst)]
    };
    println!("### {pages} pages under `serve`\n");
    println!(
        "Ready after {}. The text of a page is edited {EDITS} times, of another page each time.\n",
        seconds(ready)
    );
    let lines = [line("the browser is told", |time| time.0), line("the new page has arrived", |time| time.1)];
    println!("{}", table::markdown(&["from saving until", "median", "worst"], &lines));
}
