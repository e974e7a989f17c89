//! What a process cost: wall time, processor time, and the most memory that it held (from /proc, so on Linux).

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What one run cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// User and system, to 10 ms.
    pub cpu: Duration,
    pub peak_kb: u64,
}

/// Linux tells processor time in ticks of 10 ms, whatever the kernel's own (`man 5 proc`, USER_HZ).
const TICK: Duration = Duration::from_millis(10);

/// Runs a command to its end. It has to succeed.
pub fn run(command: &mut Command) -> Cost {
    let begun = Instant::now();
    let mut child = command.spawn().expect("the command starts");
    let folder = format!("/proc/{}", child.id());
    let mut peak_kb = 0;
    // A child that has ended keeps its times until it is waited for, but not its memory, which is looked at meanwhile.
    let (wall, cpu) = loop {
        let stat = fs::read_to_string(format!("{folder}/stat")).expect("/proc is there");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        if fields[0] == "Z" {
            let ticks = |field: usize| fields[field].parse::<u32>().expect("a number of ticks");
            break (begun.elapsed(), TICK * (ticks(11) + ticks(12)));
        }
        let status = fs::read_to_string(format!("{folder}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak_kb = kb.unwrap_or(0).max(peak_kb);
        sleep(Duration::from_millis(2));
    };
    let status = child.wait().expect("it ended");
    assert!(status.success(), "{command:?} failed: {status}");
    Cost { wall, cpu, peak_kb }
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
