//! A file far larger than what may be held in memory.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use contentzavod_client::{Client, upload};

const BYTES: u64 = 512 << 20;
/// What the process may grow by: pieces on their way, not the file.
const ROOM: u64 = 48 << 20;

/// The most memory that this process has held so far.
fn most_held() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the kernel tells");
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kib = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    kib.expect("VmHWM in KiB") << 10
}

/// Reads one upload away and says how many bytes it had.
fn swallow(mut stream: TcpStream) -> u64 {
    let mut piece = vec![0; 256 << 10];
    let mut head = Vec::new();
    let mut seen = loop {
        let read = stream.read(&mut piece).expect("the head");
        head.extend_from_slice(&piece[..read]);
        if let Some(end) = head.windows(4).position(|w| w == b"\r\n\r\n") {
            break (head.len() - end - 4) as u64;
        }
    };
    while seen < BYTES {
        seen += stream.read(&mut piece).expect("the body") as u64;
    }
    let body = r#"{"id":"01890000-0000-7000-8000-000000000000","bytes":0,"sha256":""}"#;
    let head = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nConnection: close";
    let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).expect("the answer");
    seen
}

#[tokio::test]
async fn a_large_file_is_never_held_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.mp4");
    // A hole: it takes no room on the disk.
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(BYTES).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || swallow(listener.accept().expect("a client").0));

    let client = Client::with_api_key(&url, "cz_live_test").unwrap();
    let before = most_held();
    let body = upload::file(&path).await.unwrap();
    // The answer has not all fields of a media; that it came is all that counts here.
    drop(client.media_create().body(body).send().await);

    assert_eq!(server.join().unwrap(), BYTES);
    let grown = most_held() - before;
    println!("{BYTES} bytes sent, {} KiB more held", grown >> 10);
    assert!(grown < ROOM, "grew by {grown} bytes");
}
