//! Prints how much memory reading each file needs, as a multiple of its size.

fn main() {
    for path in std::env::args().skip(1) {
        match std::fs::read(&path) {
            Ok(bytes) => {
                println!("{:6.1}  {path}", call_coach_fuzz::cost(&[&bytes]) as f64 / bytes.len().max(1) as f64)
            }
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
}
