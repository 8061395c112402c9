//! Calls over a bare socket: what really comes back, byte by byte.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bench::Bench;

/// Nothing here takes so long; what does, hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back until the connection ended.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Raw {
    pub(crate) fn status(&self) -> u16 {
        let number = self.head.split(' ').nth(1).expect("a status line");
        number.parse().expect("a status")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

pub(crate) async fn connect(b: &Bench) -> TcpStream {
    let url = b.sandbox.url();
    let address = (url.host_str().expect("a host"), url.port().expect("a port"));
    TcpStream::connect(address).await.expect("a connection")
}

/// Writes a call of `demo`; a form makes it a POST.
pub(crate) async fn write(stream: &mut TcpStream, path: &str, form: Option<&str>) {
    let (verb, form) = form.map_or(("GET", ""), |form| ("POST", form));
    let call = format!(
        "{verb} {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\
         Authorization: Bearer sandbox-demo\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
        form.len()
    );
    stream
        .write_all(call.as_bytes())
        .await
        .expect("it is taken");
}

/// Everything until the connection ends, whichever way it ends.
pub(crate) async fn read(stream: &mut TcpStream) -> Option<Raw> {
    let mut all = Vec::new();
    let end = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut all)).await;
    let _ = end.expect("the connection ends");
    let at = all.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(Raw {
        head: String::from_utf8_lossy(&all[..at]).into_owned(),
        body: all.split_off(at + 4),
    })
}

/// A call over a connection of its own; `None` when it ends without an answer.
pub(crate) async fn call(b: &Bench, path: &str, form: Option<&str>) -> Option<Raw> {
    let mut stream = connect(b).await;
    write(&mut stream, path, form).await;
    read(&mut stream).await
}

/// Publishes a container of `demo`.
pub(crate) async fn publish(b: &Bench, container: &str) -> Option<Raw> {
    let form = format!("creation_id={container}");
    call(b, "/v25.0/me/media_publish", Some(&form)).await
}
