//! What a process cost: wall time, processor time, and the most memory that it held (from /proc, so on Linux).

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// What one run cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// User and system.
    pub cpu: Duration,
    pub peak_kb: u64,
}

/// Runs a command to its end. It has to succeed.
pub fn run(command: &mut Command) -> Cost {
    let (begun, before) = (Instant::now(), processor_time());
    let mut child = command.spawn().expect("the command starts");
    let folder = format!("/proc/{}", child.id());
    let mut peak_kb = 0;
    // A child that has ended keeps no memory, which is looked at meanwhile.
    let wall = loop {
        let stat = fs::read_to_string(format!("{folder}/stat")).expect("/proc is there");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        if fields[0] == "Z" {
            break begun.elapsed();
        }
        let status = fs::read_to_string(format!("{folder}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak_kb = kb.unwrap_or(0).max(peak_kb);
        sleep(Duration::from_millis(2));
    };
    let status = child.wait().expect("it ended");
    assert!(status.success(), "{command:?} failed: {status}");
    let cpu = processor_time() - before;
    Cost { wall, cpu, peak_kb }
}

/// Of all children that were waited for.
fn processor_time() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the kernel counts");
    let micros = [usage.user_time(), usage.system_time()].map(|time| time.num_microseconds());
    Duration::from_micros(micros.into_iter().sum::<i64>().unsigned_abs())
}

impl Cost {
    pub fn columns(&self) -> String {
        format!(
            "{:>7.2} s {:>7.2} s {:>6} MB",
            self.wall.as_secs_f64(),
            self.cpu.as_secs_f64(),
            self.peak_kb / 1024
        )
    }
}
