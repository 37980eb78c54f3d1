//! Ctrl+C between two specs.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Returns whether Ctrl+C was pressed since the first call. Specs in progress are then finished; pressing it again ends
/// the program.
pub fn is_pressed() -> bool {
    static PRESSED: AtomicBool = AtomicBool::new(false);
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        std::thread::spawn(|| {
            // Without a handler Ctrl+C ends the program at once.
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                if tokio::signal::ctrl_c().await.is_ok() {
                    PRESSED.store(true, Ordering::Relaxed);
                    let _ = tokio::signal::ctrl_c().await;
                    // The exit code of shells: 128 plus the number of the signal.
                    std::process::exit(130);
                }
            });
        });
    });
    PRESSED.load(Ordering::Relaxed)
}
