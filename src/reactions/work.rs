//! What an endpoint does beside its answers: sending mails, having the site built, tidying. In: an [`App`]. Out: a thread
//! that does each as soon as it is due, until it is stopped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::json;

use super::app::App;
use super::mail::queue::{self, Post};
use super::{rebuild, tidy};

/// How often is looked when nobody says anything: what another endpoint left, and what is tried again.
const LOOK: Duration = Duration::from_secs(5);

/// Wakes the threads.
#[derive(Clone, Default)]
pub struct Bell(Arc<(Mutex<Rung>, Condvar)>);

#[derive(Default)]
struct Rung {
    times: u64,
    ends: bool,
}

impl Bell {
    /// There is something to do.
    pub fn ring(&self) {
        self.lock().times += 1;
        self.0.1.notify_all();
    }

    fn end(&self) {
        self.lock().ends = true;
        self.0.1.notify_all();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Rung> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it rings again, or for a while; whether to go on.
    fn wait(&self, heard: &mut u64) -> bool {
        let mut rung = self.lock();
        if rung.times == *heard && !rung.ends {
            rung = self.0.1.wait_timeout(rung, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        *heard = rung.times;
        !rung.ends
    }
}

/// What a thread does again and again.
type Work = dyn FnMut(&App) -> Result<(), String> + Send;

/// Threads that work.
pub struct Working {
    bell: Bell,
    threads: Vec<JoinHandle<()>>,
}

/// Begins. `bell` is what the app's `wake` rings.
pub fn start(app: &Arc<App>, post: Post, bell: &Bell) -> Result<Working, String> {
    let mut threads = Vec::new();
    let mut spawn = |name: &'static str, mut work: Box<Work>| {
        let (app, bell) = (app.clone(), bell.clone());
        let going = move || {
            let mut heard = 0;
            loop {
                once(&app, name, &mut *work);
                if !bell.wait(&mut heard) {
                    return;
                }
            }
        };
        let made = thread::Builder::new().name(format!("reacties: {name}")).spawn(going);
        made.map(|thread| threads.push(thread)).map_err(|error| format!("no thread could be made: {error}"))
    };
    spawn("mail", Box::new(move |app| queue::send(app, &post).map(drop).map_err(|error| error.to_string())))?;
    // A build takes long, and mails do not wait for it.
    spawn("bouw", Box::new(|app| rebuild::build(app).map(drop).map_err(|error| error.to_string())))?;
    spawn("opruimen", Box::new(|app| tidy::tidy_hourly(app).map_err(|error| error.to_string())))?;
    Ok(Working { bell: bell.clone(), threads })
}

/// Does some work once. What goes wrong is said, and the thread goes on: what it does is needed again.
fn once(app: &App, name: &str, work: &mut Work) {
    let done = catch_unwind(AssertUnwindSafe(|| work(app)))
        .unwrap_or_else(|_| Err("the program made a mistake here; see what it said before this".to_owned()));
    if let Err(why) = done {
        app.log.say(app.clock.now(), "fout", name, &json!({"waarom": why}));
    }
}

impl Working {
    /// Ends them after what they are doing.
    pub fn stop(self) {
        self.bell.end();
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactions::routes::testing::town;

    #[test]
    fn what_panics_is_said_and_done_again() {
        let town = town();
        let mut times = 0;
        let mut work = move |_: &App| {
            times += 1;
            assert!(times > 1, "on purpose");
            Ok(())
        };
        once(&town.app, "mail", &mut work);
        once(&town.app, "mail", &mut work);
        let said = town.said.lock().unwrap();
        assert!(said.len() == 1 && said[0].contains(r#""niveau":"fout","wat":"mail""#), "{said:?}");
    }
}
