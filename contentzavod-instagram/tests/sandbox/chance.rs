//! Chance: seeds replay mixed plans, and probabilities are what they say.

use contentzavod_instagram::sandbox::{Fault, FaultPlan, Garbage, LateReply, Rule, Stage};

use crate::bench::{Bench, bench};
use crate::raw;

/// One of everything that leaves the account as it was.
fn mixed(seed: u64) -> FaultPlan {
    let faults = [
        Fault::ReplyLost,
        Fault::Dropped,
        Fault::Late {
            ms: 0,
            reply: LateReply::Timeout,
        },
        Fault::ServerError {
            status: 503,
            after: false,
        },
        Fault::ServerError {
            status: 500,
            after: true,
        },
        Fault::Restricted,
        Fault::ReadRefused,
        Fault::Garbage {
            body: Garbage::Html,
        },
        Fault::Half,
        Fault::WrongDate { secs: 60 },
        Fault::ListLag { secs: 60 },
    ];
    let rules = faults.map(|fault| Rule::chance(Stage::Recent, fault, 0.1));
    FaultPlan {
        seed: Some(seed),
        ..rules.to_vec().into()
    }
}

/// What the wire shows of an account's calls, without what differs by nature.
async fn run(b: &Bench, name: &str, calls: usize) -> Vec<String> {
    let mut seen = Vec::new();
    for _ in 0..calls {
        let path = format!("/me/media?access_token=sandbox-{name}");
        let mut stream = raw::connect(b).await;
        let call = format!("GET {path} HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n");
        tokio::io::AsyncWriteExt::write_all(&mut stream, call.as_bytes())
            .await
            .unwrap();
        let raw = raw::read(&mut stream).await;
        seen.push(raw.map_or("no answer".to_owned(), |raw| {
            let date = raw.header("date").unwrap_or_default();
            let body = String::from_utf8_lossy(&raw.body);
            let code = body.split("\"code\":").nth(1).unwrap_or_default();
            let code = code.split([',', '}']).next().unwrap_or_default();
            format!("{} {date} {} {code}", raw.status(), raw.body.len())
        }));
    }
    seen
}

#[tokio::test]
async fn a_mixed_plan_repeats_with_its_seed() {
    let b = bench().await;
    b.sandbox.set_faults(mixed(7));
    let first = run(&b, "demo", 200).await;
    let mut kinds = first.clone();
    kinds.sort();
    kinds.dedup();
    assert!(kinds.len() >= 8, "many faults struck: {kinds:?}");
    // On another sandbox, with other accounts in between.
    let other = bench().await;
    other.sandbox.set_faults(mixed(7));
    let mut again = Vec::new();
    for _ in 0..20 {
        again.extend(run(&other, "demo", 10).await);
        run(&other, "noise", 3).await;
    }
    assert_eq!(again, first);
    b.sandbox.set_faults(mixed(8));
    assert_ne!(
        run(&b, "demo", 200).await,
        first,
        "another seed, other faults"
    );
}

#[tokio::test]
async fn a_probability_is_what_it_says() {
    const CALLS: u32 = 2_000;
    let b = bench().await;
    for probability in [0.0, 0.05, 0.3, 0.9, 1.0] {
        let mut counts = Vec::new();
        for _ in 0..2 {
            let rule = Rule::chance(Stage::Me, Fault::ReadRefused, probability);
            b.sandbox.set_faults(FaultPlan {
                seed: Some(11),
                ..vec![rule].into()
            });
            let mut struck = 0_u32;
            for _ in 0..CALLS {
                struck += u32::from(b.get("/me").await.status != 200);
            }
            counts.push(struck);
        }
        assert_eq!(counts[0], counts[1], "twice the same");
        let mean = f64::from(CALLS) * probability;
        // Four standard deviations: one in 15,000 would lie outside, and a seed does not change.
        let off = 4.0 * (mean * (1.0 - probability)).sqrt();
        let difference = (f64::from(counts[0]) - mean).abs();
        assert!(difference <= off, "{probability}: {counts:?}");
    }
}
