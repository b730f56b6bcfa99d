//! What one run of a program costs. In: a program and its arguments. Out: time and memory, as the system counts them.

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

use crate::generator::Contender;

/// The word by which this program runs another one alone.
pub(crate) const ALONE: &str = "alone";

/// What a run cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// By the clock.
    pub(crate) wall: Duration,
    /// On all cores together, in the program itself.
    pub(crate) user: Duration,
    /// On all cores together, in the system.
    pub(crate) system: Duration,
    /// The most memory that was held at once, in kibibytes.
    pub(crate) memory: u64,
}

/// Runs a generator on its site.
///
/// The system counts for a process all children it ever had, so a copy of this program has the run as its only child.
pub(crate) fn run(contender: &Contender) -> Result<Cost, Box<dyn Error>> {
    let (program, arguments) = contender.command();
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(ALONE).arg(&contender.site).arg(program).args(arguments);
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{}: {}", contender.name, String::from_utf8_lossy(&output.stderr)).into());
    }
    let said = String::from_utf8(output.stdout)?;
    let numbers: Vec<u64> = said.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [wall, user, system, memory] = numbers[..] else { return Err("four numbers were expected".into()) };
    let micros = Duration::from_micros;
    Ok(Cost { wall: micros(wall), user: micros(user), system: micros(system), memory })
}

/// In the copy: runs the program and says four numbers.
pub(crate) fn alone(folder: &Path, program: &str, arguments: &[&str]) -> Result<ExitCode, Box<dyn Error>> {
    let start = Instant::now();
    let output = Command::new(program).args(arguments).current_dir(folder).output()?;
    let wall = start.elapsed();
    if !output.status.success() {
        eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        return Ok(ExitCode::FAILURE);
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = |time: TimeVal| i128::from(time.tv_sec()) * 1_000_000 + i128::from(time.tv_usec());
    let (user, system) = (micros(usage.user_time()), micros(usage.system_time()));
    println!("{} {user} {system} {}", wall.as_micros(), usage.max_rss());
    Ok(ExitCode::SUCCESS)
}
