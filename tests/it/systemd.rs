//! What systemd is told by the real program: ready, reloading, stopping, and that it lives (sd_notify(3)).

use std::io::ErrorKind;
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::house::feed_server::Page;
use crate::house::wirewatch::{House, rss};

/// The next message that has this line; the test fails if none comes.
fn told(socket: &UnixDatagram, line: &str) -> String {
    let mut buffer = [0; 4096];
    loop {
        match socket.recv(&mut buffer) {
            Ok(length) => {
                let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
                if message.lines().any(|told| told == line) {
                    return message;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => panic!("systemd was not told {line}: {error}"),
        }
    }
}

fn signal(child: &Child, name: &str) {
    // The shell's own: the program of that name is not on every machine.
    let kill = format!("kill -{name} {}", child.id());
    let status = Command::new("sh").args(["-c", &kill]).status().unwrap();
    assert!(status.success());
}

#[tokio::test]
async fn systemd_is_told_ready_alive_reloading_and_stopping() {
    let house = House::new().await;
    house.write("watchlist.toml", "[watch.kayes]\nfind = [\"Kayes\"]\n");
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house
        .feeds
        .serve("/desk.xml", Page::feed(rss("Desk", &[("a", "Rain in Kayes", "")])));
    let path = house.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirewatch"))
        .arg("--config")
        .arg(house.config())
        .arg("run")
        .env("NOTIFY_SOCKET", &path)
        .env("WATCHDOG_USEC", "2000000")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let ended = tokio::task::spawn_blocking(move || {
        assert!(told(&socket, "READY=1").contains("STATUS=watching 1 feed with 1 watch"));
        told(&socket, "WATCHDOG=1");
        signal(&child, "HUP");
        let reloading = told(&socket, "RELOADING=1");
        assert!(
            reloading.contains("MONOTONIC_USEC="),
            "in the same datagram: {reloading}"
        );
        told(&socket, "READY=1");
        signal(&child, "TERM");
        told(&socket, "STOPPING=1");
        child.wait().unwrap()
    })
    .await
    .unwrap();
    assert_eq!(ended.code(), Some(0));
    house.finish().await;
}

#[tokio::test]
async fn a_second_signal_ends_the_program_at_once() {
    let house = House::new().await;
    house.write("watchlist.toml", "[watch.kayes]\nfind = [\"Kayes\"]\n");
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve("/desk.xml", Page::feed("<rss>").stalled());
    let path = house.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_wirewatch"))
        .arg("--config")
        .arg(house.config())
        .arg("run")
        .env("NOTIFY_SOCKET", &path)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    house.feeds.wait_for_requests(1).await;
    let ended = tokio::task::spawn_blocking(move || {
        signal(&child, "TERM");
        told(&socket, "STOPPING=1");
        signal(&child, "TERM");
        child.wait_with_output().unwrap()
    })
    .await
    .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(said.contains("stopped at once"), "{said}");
    assert_eq!(ended.status.code(), Some(0));
    house.finish().await;
}
