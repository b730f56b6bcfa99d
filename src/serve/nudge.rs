//! Keeps `tiny_http` going by knocking at our own door. Its pool counts a thread that was just given a connection as
//! free until that thread is awake; a connection that comes in that moment is queued, and stays so until some thread
//! has done with its own connection. A knock that finds no free thread gets a new one, which is done with the knock at
//! once and then takes one connection from the queue. So we knock: closely together after a request, because
//! connections come in bursts, then less and less; and now and then always, so that waiting for a visitor never takes
//! so long that `tiny_http` gives up (see `server`).

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// After a request: how many milliseconds to wait and how often to knock then. A knock frees one connection, so together
/// they are more than there are connections in any burst; and they are few as long as requests still come in.
const ROUNDS: [(u64, usize); 9] =
    [(1, 2), (2, 2), (4, 4), (8, 8), (16, 16), (32, 32), (64, 64), (128, 64), (256, 16)];
/// How often to knock when nothing happens.
const USUAL: usize = 4;
/// How long an answer to a knock is waited for. A knock may be queued itself; the next one frees it.
const PATIENCE: Duration = Duration::from_millis(20);
/// When no knock was answered for this long, nobody is at the door any more.
const DEAF: Duration = Duration::from_secs(5);

/// When to knock, and where.
pub(super) struct Nudge {
    door: SocketAddr,
    now: Mutex<Now>,
    bell: Condvar,
}

#[derive(Default)]
struct Now {
    request: bool,
    ended: bool,
}

impl Nudge {
    /// For a server that listens here.
    pub(super) fn new(listens: SocketAddr) -> Nudge {
        let ip = match listens.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        Nudge { door: SocketAddr::new(ip, listens.port()), now: Mutex::default(), bell: Condvar::new() }
    }

    /// A request came.
    pub(super) fn request(&self) {
        let mut now = self.lock();
        if !now.request {
            now.request = true;
            self.bell.notify_all();
        }
    }

    /// Ends the knocking.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.bell.notify_all();
    }

    /// Knocks, at least this often, until it is ended; tells when nobody answers any more.
    pub(super) fn knock_on(&self, at_least: Duration, deaf: impl Fn()) {
        let (mut step, mut answered) = (ROUNDS.len(), Instant::now());
        while let Some(request) = self.pause(step, at_least) {
            let knocks = ROUNDS.get(step).map_or(USUAL, |(_, knocks)| *knocks);
            step = if request { 0 } else { (step + 1).min(ROUNDS.len()) };
            for _ in 0..knocks {
                match knock(self.door) {
                    // That we ourselves get no socket says nothing about who is behind the door.
                    Knocked::Answered | Knocked::Impossible => answered = Instant::now(),
                    Knocked::Unanswered => {}
                }
            }
            if answered.elapsed() > DEAF {
                deaf();
                answered = Instant::now();
            }
        }
    }

    /// Whether somebody can still knock: nobody can once the port is given back.
    pub(super) fn is_open(&self) -> bool {
        !matches!(knock(self.door), Knocked::Impossible)
    }

    /// Waits until the next round. Whether a request came; none when it is over.
    fn pause(&self, step: usize, at_least: Duration) -> Option<bool> {
        let pause = ROUNDS.get(step).map(|(millis, _)| Duration::from_millis(*millis));
        // After a request the pauses are kept, however many more come, or knocking would be all we do.
        let waiting = |now: &mut Now| !now.ended && (pause.is_some() || !now.request);
        let pause = pause.unwrap_or(at_least).min(at_least);
        let waited = self.bell.wait_timeout_while(self.lock(), pause, waiting);
        let (mut now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (!now.ended).then(|| std::mem::take(&mut now.request))
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Knocked {
    Answered,
    Unanswered,
    Impossible,
}

/// Opens a connection and says something that `tiny_http` refuses by itself, without making it a request.
fn knock(door: SocketAddr) -> Knocked {
    let Ok(mut stream) = TcpStream::connect_timeout(&door, Duration::from_secs(1)) else {
        return Knocked::Impossible;
    };
    let said = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.write_all(b"-\r\n"));
    // The answer is looked at and left lying: a connection that is closed with something unread in it vanishes at once
    // on both sides, where others linger for a minute and would be many.
    match said.and_then(|()| stream.peek(&mut [0])) {
        Ok(length) if length > 0 => Knocked::Answered,
        _ => Knocked::Unanswered,
    }
}
