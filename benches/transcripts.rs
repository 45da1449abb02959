//! How fast transcript files are read. The file is generated: an hour of talk, ten times over.

use std::fmt::Write as _;

use call_coach::transcript::{InputFile, read};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn web_vtt(cues: u32) -> String {
    let mut file = "WEBVTT\n\n".to_owned();
    for n in 0..cues {
        let clock =
            |ms: u32| format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
        let name = if n / 3 % 2 == 0 { "Mara Lindqvist" } else { "Dana Reyes" };
        let (start, end) = (clock(n * 4000), clock(n * 4000 + 3500));
        let _ = write!(
            file,
            "{n}\n{start} --> {end}\n{name}: What happens today when an order number {n} comes in late?\n\n"
        );
    }
    file
}

fn transcripts(criterion: &mut Criterion) {
    let file = web_vtt(9000);
    let input = InputFile { name: Some("call.vtt"), bytes: file.as_bytes() };
    assert!(read(&[input]).iter().all(Result::is_ok));
    let mut group = criterion.benchmark_group("transcripts");
    group.throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("webvtt", |bencher| bencher.iter(|| read(&[input])));
    group.finish();
}

criterion_group!(benches, transcripts);
criterion_main!(benches);
