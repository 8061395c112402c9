//! What ffprobe says of a file, and where we differ.

use std::fmt::Display;
use std::path::Path;
use std::process::Command;

use contentzavod_preflight::{AudioFacts, Facts, VideoFacts};
use serde_json::Value;

/// ffprobe's words for the first video and the first audio stream.
pub(crate) struct Probed {
    video: Value,
    audio: Value,
    format: Value,
}

pub(crate) fn probe(path: &Path) -> Probed {
    let output = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-show_streams",
            "-show_format",
            "-of",
            "json",
        ])
        .arg(path)
        .output()
        .expect("ffprobe comes with ffmpeg");
    let all: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let stream = |kind: &str| {
        let mut streams = all["streams"].as_array().into_iter().flatten();
        streams
            .find(|s| s["codec_type"] == kind)
            .cloned()
            .unwrap_or_default()
    };
    Probed {
        video: stream("video"),
        audio: stream("audio"),
        format: all["format"].clone(),
    }
}

/// Every packet with its times, flags and a hash of its bytes.
pub(crate) fn packets(path: &Path) -> String {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-show_data_hash", "sha256", "-of", "csv"])
        .args([
            "-show_entries",
            "packet=stream_index,pts,dts,flags,size,data_hash",
        ])
        .arg(path)
        .output()
        .expect("ffprobe comes with ffmpeg");
    String::from_utf8(output.stdout).expect("text")
}

impl Probed {
    pub(crate) fn shown(&self) -> String {
        let (v, a) = (&self.video, &self.audio);
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        format!(
            "{} {}x{} {} {}, {} {} Hz {} ch, {} s",
            word(&v["codec_name"]),
            v["width"],
            v["height"],
            word(&v["avg_frame_rate"]),
            word(&v["pix_fmt"]),
            word(&a["codec_name"]),
            word(&a["sample_rate"]),
            a["channels"],
            word(&self.format["duration"]),
        )
    }

    /// Seconds of the video stream.
    fn seconds(&self) -> Option<f64> {
        self.video["duration"].as_str()?.parse().ok()
    }

    fn fps(&self) -> Option<f64> {
        let (over, under) = self.video["r_frame_rate"].as_str()?.split_once('/')?;
        Some(over.parse::<f64>().ok()? / under.parse::<f64>().ok()?)
    }

    fn rotation(&self) -> i64 {
        let mut data = self.video["side_data_list"]
            .as_array()
            .into_iter()
            .flatten();
        let turned = data.find_map(|d| d["rotation"].as_i64()).unwrap_or(0);
        // ffprobe counts against the clock.
        (360 - turned).rem_euclid(360)
    }

    fn chroma(&self) -> Option<(&'static str, u8)> {
        Some(match self.video["pix_fmt"].as_str()? {
            "yuv420p" | "yuvj420p" | "nv12" => ("4:2:0", 8),
            "yuv420p10le" => ("4:2:0", 10),
            "yuv422p" => ("4:2:2", 8),
            "yuv422p10le" => ("4:2:2", 10),
            "yuv444p" => ("4:4:4", 8),
            "gray" => ("4:0:0", 8),
            _ => return None,
        })
    }
}

/// Where facts and ffprobe differ, in words.
pub(crate) fn differences(name: &str, facts: &Facts, probed: &Probed) -> Vec<String> {
    let mut told = Told {
        name,
        differences: Vec::new(),
    };
    if let Some(video) = &facts.video {
        picture(video, probed, &mut told);
        #[expect(
            clippy::cast_precision_loss,
            reason = "hours of milliseconds are exact"
        )]
        let ours = facts.duration_ms.map(|ms| ms as f64 / 1000.0);
        told.near("duration", ours, probed.seconds(), 0.12);
    }
    if let Some(audio) = &facts.audio {
        sound(audio, &probed.audio, &mut told);
    }
    told.differences
}

struct Told<'a> {
    name: &'a str,
    differences: Vec<String>,
}

impl Told<'_> {
    fn same(&mut self, what: &str, ours: &dyn Display, theirs: &dyn Display) {
        let (ours, theirs) = (ours.to_string(), theirs.to_string());
        if ours != theirs {
            let difference = format!("{}: {what} {ours}, ffprobe {theirs}", self.name);
            self.differences.push(difference);
        }
    }

    /// Where both tell it.
    fn near(&mut self, what: &str, ours: Option<f64>, theirs: Option<f64>, room: f64) {
        if let (Some(ours), Some(theirs)) = (ours, theirs)
            && (ours - theirs).abs() > room
        {
            self.same(what, &format!("{ours:.2}"), &format!("{theirs:.2}"));
        }
    }
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn picture(video: &VideoFacts, probed: &Probed, told: &mut Told<'_>) {
    let theirs = &probed.video;
    let known = |codec: &str| matches!(codec, "h264" | "hevc");
    let codec = word(&theirs["codec_name"]);
    if known(&video.codec) || known(codec) {
        told.same("codec", &video.codec, &codec);
    }
    let size = |w: u64, h: u64| format!("{w}x{h}");
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    let (width, height) = (video.coded_width, video.coded_height);
    let ours = size(width.unwrap_or(0).into(), height.unwrap_or(0).into());
    let size = size(number(&theirs["width"]), number(&theirs["height"]));
    told.same("size", &ours, &size);
    told.same("rotation", &video.rotation, &probed.rotation());
    if let (Some(ours), Some((chroma, depth))) = (&video.chroma, probed.chroma()) {
        told.same("chroma", ours, &chroma);
        told.same("depth", &video.bit_depth.unwrap_or_default(), &depth);
    }
    if let Some(ours) = video.interlaced {
        let order = word(&theirs["field_order"]);
        let theirs = ["tt", "bb", "tb", "bt"].contains(&order);
        told.same("interlaced", &ours, &theirs);
    }
    if !video.variable_fps {
        told.near("fps", video.fps, probed.fps(), 0.3);
    }
}

fn sound(audio: &AudioFacts, theirs: &Value, told: &mut Told<'_>) {
    let codec = word(&theirs["codec_name"]);
    if audio.codec == "aac" || codec == "aac" {
        told.same("audio codec", &audio.codec, &codec);
        let rate = audio.sample_rate.unwrap_or_default();
        told.same("sample rate", &rate, &word(&theirs["sample_rate"]));
        let channels = audio.channels.unwrap_or_default();
        told.same("channels", &channels, &theirs["channels"]);
    }
}
