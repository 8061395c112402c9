//! One file a rule, and what passes beside it.

use crate::row::{Row, made};

/// A picture that moves, and a tone.
fn source(size: &str, rate: &str, seconds: &str) -> String {
    format!(
        "-f lavfi -i testsrc2=s={size}:r={rate}:d={seconds} -f lavfi -i sine=f=440:r=48000:d={seconds}"
    )
}

/// What passes: the arguments may be taken back by later ones.
const X264: &str = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";
const X265: &str = "-c:v libx265 -preset ultrafast -pix_fmt yuv420p -tag:v hvc1";
const AAC: &str = "-c:a aac -b:a 96k -ac 2";
const FRONT: &str = "-movflags +faststart";

fn video(name: &'static str, arguments: &str) -> Row {
    let source = source("540x960", "30", "3.2");
    made(name, format!("{source} {X264} {AAC} {FRONT} {arguments}"))
}

fn sized(name: &'static str, size: &str, rate: &str, arguments: &str) -> Row {
    let source = source(size, rate, "3.2");
    made(name, format!("{source} {X264} {AAC} {FRONT} {arguments}"))
}

fn hevc(name: &'static str, params: &str, arguments: &str) -> Row {
    let source = source("540x960", "30", "3.2");
    made(
        name,
        format!("{source} {X265} {AAC} {FRONT} -x265-params log-level=error:{params} {arguments}"),
    )
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = containers();
    rows.extend(streams());
    rows.extend(pace());
    rows.extend(shapes());
    rows.extend(sound());
    rows
}

fn containers() -> Vec<Row> {
    vec![
        video("plain.mp4", "").told("container.edit_list"),
        video("plain.mov", "").told("container.edit_list"),
        video("no-edits.mp4", "-use_editlist 0"),
        video("moov-last.mp4", "-movflags 0").told("container.edit_list *container.moov_front"),
        video("moov-last.mov", "-movflags 0").told("container.edit_list *container.moov_front"),
        video("fragmented.mp4", "-movflags frag_keyframe+empty_moov")
            .told("*container.fragmented"),
        video("dash.mp4", "-movflags frag_keyframe+empty_moov+default_base_moof+dash")
            .told("*container.fragmented"),
        video("encrypted.mp4", "-encryption_scheme cenc-aes-ctr -encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8")
            .told("container.edit_list *video.encrypted")
            .unprobed(),
        video("matroska.mkv", "").told("*container.format"),
        video("transport.ts", "").told("*container.format"),
        sized("animation.gif", "270x480", "10", "-c:v gif -pix_fmt rgb8 -an").told("*container.format"),
        made("sound.m4a", format!("{} -vn {AAC} {FRONT}", source("64x64", "30", "3.2")))
            .told("container.edit_list *container.brand *video.missing"),
    ]
}

fn streams() -> Vec<Row> {
    vec![
        video("baseline.mp4", "-profile:v baseline").told("container.edit_list"),
        video("main.mp4", "-preset veryfast -profile:v main").told("container.edit_list"),
        video("high.mp4", "-preset veryfast -profile:v high").told("container.edit_list"),
        video("intra.mp4", "-g 1").told("container.edit_list"),
        video(
            "h264-open.mp4",
            "-preset veryfast -x264-params open-gop=1:keyint=15:min-keyint=15:bframes=3:scenecut=0",
        )
        .told("container.edit_list *video.gop_open"),
        video("h264-422.mp4", "-pix_fmt yuv422p").told("container.edit_list *video.chroma"),
        video("h264-444.mp4", "-pix_fmt yuv444p").told("container.edit_list *video.chroma"),
        video("h264-gray.mp4", "-pix_fmt gray")
            .told("container.edit_list *video.chroma")
            .unprobed(),
        video("h264-10.mp4", "-pix_fmt yuv420p10le").told("container.edit_list video.bit_depth"),
        video(
            "h264-fields.mp4",
            "-flags +ildct+ilme -x264-params interlaced=1",
        )
        .told("container.edit_list *video.interlaced"),
        hevc("hevc.mp4", "open-gop=0", "").told("container.edit_list"),
        hevc("hevc.mov", "open-gop=0", "").told("container.edit_list"),
        hevc("hevc-hev1.mp4", "open-gop=0", "-tag:v hev1").told("container.edit_list video.hev1"),
        hevc(
            "hevc-open.mp4",
            "open-gop=1:keyint=15:min-keyint=15:bframes=4",
            "-preset veryfast",
        )
        .told("container.edit_list *video.gop_open"),
        hevc("hevc-10.mp4", "open-gop=0", "-pix_fmt yuv420p10le")
            .told("container.edit_list video.bit_depth"),
        hevc("hevc-422.mp4", "open-gop=0", "-pix_fmt yuv422p")
            .told("container.edit_list *video.chroma"),
        hevc("hevc-fields.mp4", "open-gop=0:interlace=tff", "")
            .told("container.edit_list *video.interlaced")
            .unprobed(),
        video("mpeg4.mp4", "-c:v mpeg4 -b:v 1M").told("container.edit_list *video.codec"),
        video("vp9.mp4", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8")
            .told("container.edit_list *video.codec"),
        video("prores.mov", "-c:v prores_ks -pix_fmt yuv422p10le")
            .told("*video.codec *video.bitrate container.edit_list"),
        video("mjpeg.mov", "-c:v mjpeg -pix_fmt yuvj420p -q:v 12")
            .told("container.edit_list *video.codec"),
    ]
}

fn pace() -> Vec<Row> {
    let size = "540x960";
    vec![
        sized("15-fps.mp4", size, "15", "").told("container.edit_list *video.fps"),
        sized("23-fps.mp4", size, "23", "").told("container.edit_list"),
        sized("23.976-fps.mp4", size, "24000/1001", "").told("container.edit_list"),
        sized("25-fps.mp4", size, "25", "").told("container.edit_list"),
        sized("29.97-fps-600.mp4", size, "30000/1001", "-video_track_timescale 600")
            .told("container.edit_list"),
        sized("59.94-fps-1000.mp4", size, "60000/1001", "-video_track_timescale 1000")
            .told("container.edit_list"),
        sized("60-fps.mp4", size, "60", "").told("container.edit_list"),
        sized("120-fps.mp4", size, "120", "").told("container.edit_list *video.fps"),
        sized("uneven.mp4", size, "30", "-vf settb=1/30000,setpts=PTS+mod(N\\,3)*0.012/TB -fps_mode passthrough -enc_time_base 1:30000 -video_track_timescale 30000")
            .told("container.edit_list video.vfr"),
        made("short.mp4", format!("{} {X264} {AAC} {FRONT}", source(size, "30", "2.5")))
            .told("container.edit_list *video.duration_min"),
        made("long.mp4", format!("{} {X264} {AAC} {FRONT}", source("36x64", "23", "901")))
            .told("container.edit_list *video.duration_max video.low_resolution"),
        made("noise.mp4", format!("-f lavfi -i nullsrc=s=540x960:r=30:d=3.2,noise=alls=100:allf=t -f lavfi -i sine=r=48000:d=3.2 {X264} -qp 18 {AAC} {FRONT}"))
            .told("container.edit_list *video.bitrate"),
    ]
}

fn shapes() -> Vec<Row> {
    vec![
        sized("4k.mp4", "2160x3840", "30", "-crf 45").told("container.edit_list *video.width"),
        sized("full-hd.mp4", "1080x1920", "30", "").told("container.edit_list"),
        sized("landscape.mp4", "1920x1080", "30", "").told("container.edit_list video.not_9_16"),
        sized("square.mp4", "720x720", "30", "").told("container.edit_list video.not_9_16"),
        sized("ribbon.mp4", "1320x120", "30", "")
            .told("container.edit_list *video.aspect video.low_resolution"),
        sized("small.mp4", "270x480", "30", "").told("container.edit_list video.low_resolution"),
        sized("odd-crop.mp4", "542x962", "30", "").told("container.edit_list"),
        sized("wide-pixels.mp4", "540x960", "30", "-vf setsar=4/3")
            .told("container.edit_list video.non_square_pixels video.not_9_16"),
    ]
}

fn sound() -> Vec<Row> {
    vec![
        video("silent.mp4", "-an").told("container.edit_list audio.missing"),
        video("mono.mp4", "-ac 1 -ar 44100").told("container.edit_list"),
        video("22050-hz.mp4", "-ar 22050").told("container.edit_list"),
        video("96-khz.mp4", "-ar 96000").told("container.edit_list *audio.sample_rate"),
        video("surround.mp4", "-ac 6").told("container.edit_list *audio.channels"),
        video("mp3.mp4", "-c:a libmp3lame").told("container.edit_list *audio.codec"),
        video("ac3.mp4", "-c:a ac3").told("container.edit_list *audio.codec"),
        video("opus.mp4", "-c:a libopus").told("container.edit_list *audio.codec"),
        video("alac.mov", "-c:a alac").told("container.edit_list *audio.codec audio.bitrate"),
        video("pcm.mov", "-c:a pcm_s16le").told("container.edit_list *audio.codec audio.bitrate"),
        made("loud.mp4", format!("{} -f lavfi -i anoisesrc=r=48000:d=3.2 -map 0:v -map 2:a {X264} {AAC} -b:a 320k {FRONT}", source("540x960", "30", "3.2")))
            .told("container.edit_list audio.bitrate"),
        made("two-tongues.mp4", format!("{} -map 0:v -map 1:a -map 1:a {X264} {AAC} {FRONT}", source("540x960", "30", "3.2")))
            .told("container.edit_list audio.multiple"),
    ]
}
