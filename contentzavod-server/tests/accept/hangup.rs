//! SIGHUP, as an operator's renewal sends it to the real binary.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::tls::{data, shown};
use crate::world::soon;

#[tokio::test]
async fn a_hangup_has_the_certificate_read_anew_and_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |file: &str| folder.path().join(file);
    let put = |file: &str, name: &str| std::fs::copy(data(name), path(file)).unwrap();
    put("cert", "localhost.cert.pem");
    put("key", "localhost.key.pem");
    let mut command = Command::new(env!("CARGO_BIN_EXE_contentzavod"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CONTENTZAVOD_")) {
        command.env_remove(name);
    }
    let mut server = command
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(path("data"))
        .env("CONTENTZAVOD_TLS__CERT", path("cert"))
        .env("CONTENTZAVOD_TLS__KEY", path("key"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap()).lines();
    let address = loop {
        let line = soon(said.next_line()).await.unwrap().expect("an address");
        if let Some(address) = line.strip_prefix("listening on https://") {
            break address.parse().unwrap();
        }
    };
    assert_eq!(shown(address).await, "localhost.cert.pem");
    put("cert", "other.cert.pem");
    put("key", "other.key.pem");
    let pid = server.id().unwrap().to_string();
    let sent = Command::new("kill").args(["-HUP", &pid]).status().await;
    assert!(sent.unwrap().success());
    soon(async { while shown(address).await != "other.cert.pem" {} }).await;
    assert_eq!(server.try_wait().unwrap(), None, "it has ended");
}
