//! Writes the pages about indicators, `core/docs`, and removes those of indicators there are no more.

use atra_tests::docs;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = docs::files()?;
    for stale in docs::on_disk()?.keys().filter(|name| !files.contains_key(*name)) {
        std::fs::remove_file(docs::directory().join(stale))?;
    }
    for (name, text) in &files {
        let path = docs::directory().join(name);
        if let Some(group) = path.parent() {
            std::fs::create_dir_all(group)?;
        }
        std::fs::write(path, text)?;
    }
    println!("{} files in core/docs", files.len());
    Ok(())
}
