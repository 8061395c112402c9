//! What an encoder would change: told before anything is done.

use contentzavod_preflight::{Finding, Incurable, Shape, Transcode};

fn error(rule: &str, actual: &str, limit: &str) -> Finding {
    Finding::error(rule, "").actual(actual).limit(limit)
}

fn warning(rule: &str, actual: &str) -> Finding {
    Finding::warning(rule, "").actual(actual)
}

fn line(findings: &[Finding], shape: Shape) -> String {
    let plan = Transcode::plan(findings, Some(60_000), shape).expect("it can be mended");
    plan.command_line("in.mp4", "out.mp4")
}

#[test]
fn it_says_what_becomes_of_each_rule_and_what_stays() {
    let found = [
        error("video.codec", "prores", "h264, hevc"),
        error("audio.sample_rate", "96000", "48000"),
        warning("container.edit_list", "changes nothing"),
        warning("video.not_9_16", "1920x1080"),
    ];
    let plan = Transcode::plan(&found, None, Shape::Keep).unwrap();
    let changes: Vec<_> = plan
        .changes
        .iter()
        .map(|c| (c.from.as_deref(), &*c.to))
        .collect();
    assert_eq!(
        changes,
        [(Some("prores"), "h264"), (Some("96000"), "48000")]
    );
    assert_eq!(plan.stays, ["container.edit_list", "video.not_9_16"]);
    let padded = Transcode::plan(&found, None, Shape::Pad).unwrap();
    assert_eq!(padded.changes[2].to, "9:16");
}

#[test]
fn what_breaks_no_rule_is_copied() {
    let sound = line(&[error("audio.channels", "6", "2")], Shape::Keep);
    assert!(sound.contains("-c:v copy -c:a aac"), "{sound}");
    let picture = line(&[error("video.chroma", "4:4:4", "4:2:0")], Shape::Keep);
    assert!(
        picture.contains("libx264") && picture.contains("-c:a copy"),
        "{picture}"
    );
    let packing = line(
        &[error("container.fragmented", "mvex", "moov")],
        Shape::Keep,
    );
    assert!(packing.contains("-c:v copy -c:a copy"), "{packing}");
    let tag = line(&[warning("video.hev1", "hev1")], Shape::Keep);
    assert!(tag.contains("-c:v copy -tag:v hvc1"), "{tag}");
}

#[test]
fn what_no_encoder_mends_is_named() {
    let found = [
        error("video.duration_min", "2.500", "3.000"),
        error("video.codec", "prores", "h264"),
        error("video.encrypted", "avc1", "no encryption"),
    ];
    let never = Transcode::plan(&found, None, Shape::Keep).unwrap_err();
    let rules = ["video.duration_min", "video.encrypted"].map(str::to_owned);
    assert_eq!(never, Incurable(rules.to_vec()));
    assert!(Transcode::plan(&[], None, Shape::Keep).unwrap().is_empty());
}

#[test]
fn a_file_that_is_too_large_gets_the_bits_that_fit() {
    let large = [error("file.size", "400000000", "314572800")];
    let plan = Transcode::plan(&large, Some(600_000), Shape::Keep).unwrap();
    let at = plan
        .arguments()
        .iter()
        .position(|word| word == "-maxrate")
        .unwrap();
    let bits: u64 = plan.arguments()[at + 1].parse().unwrap();
    // With 128 kbit/s of sound it fills nine tenths of what is allowed.
    let bytes = (bits + 128_000) * 600 / 8;
    assert!((280_000_000..300_000_000).contains(&bytes), "{bytes}");
    // What comes out larger than it was must fit all the same.
    let long = [error("video.chroma", "4:2:2", "4:2:0")];
    let plan = Transcode::plan(&long, Some(900_000), Shape::Keep).unwrap();
    assert!(!plan.arguments().contains(&"10000000".to_owned()));
    // Of unknown length: by quality then.
    let unknown = Transcode::plan(&large, None, Shape::Keep).unwrap();
    assert!(unknown.arguments().contains(&"10000000".to_owned()));
}

#[test]
fn only_formats_that_are_known_are_read_and_each_as_what_it_is() {
    for (kind, demuxer) in [
        ("Matroska", "matroska"),
        ("MPEG-TS", "mpegts"),
        ("AVI", "avi"),
        ("GIF", "gif"),
    ] {
        let found = [error("container.format", kind, "MP4, MOV")];
        let plan = Transcode::plan(&found, None, Shape::Keep).unwrap();
        assert_eq!(plan.reading()[..2], ["-f", demuxer]);
        // What is small is not made larger.
        let line = plan.command_line("in", "out.mp4");
        assert!(line.contains("min(1920,iw)"), "{line}");
    }
    // A list of other files, for one, is none.
    for text in ["\"#EXTM3U.\"", "\"ffconcat\"", "JPEG", "MP4"] {
        let found = [error("container.format", text, "MP4, MOV")];
        assert!(
            Transcode::plan(&found, None, Shape::Keep).is_err(),
            "{text}"
        );
    }
    let sound = [error("audio.channels", "6", "2")];
    let plan = Transcode::plan(&sound, None, Shape::Keep).unwrap();
    assert_eq!(plan.reading()[..2], ["-f", "mov"]);
}

#[test]
fn a_shell_reads_the_command_back() {
    let plan = Transcode::plan(&[error("video.width", "3840", "1920")], None, Shape::Crop);
    let line = plan.unwrap().command_line("my 'best' reel.mp4", "out.mp4");
    assert!(
        line.starts_with(r"ffmpeg -i 'my '\''best'\'' reel.mp4' "),
        "{line}"
    );
    assert!(line.contains("'0:a:0?'"), "{line}");
    for shape in [Shape::Keep, Shape::Pad, Shape::Crop] {
        assert_eq!(Shape::parse(shape.as_str()), Some(shape));
    }
}
