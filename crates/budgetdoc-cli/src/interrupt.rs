//! Ctrl+C between two specs.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Returns whether Ctrl+C was pressed since the first call. What has been begun is then finished; pressed again, it
/// ends the program.
pub fn came() -> bool {
    static PRESSED: AtomicBool = AtomicBool::new(false);
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        std::thread::spawn(|| {
            // Where nothing can listen, Ctrl+C ends the program at once.
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                if tokio::signal::ctrl_c().await.is_ok() {
                    PRESSED.store(true, Ordering::Relaxed);
                    let _ = tokio::signal::ctrl_c().await;
                    // As a shell counts it: 128 and the number of the signal.
                    std::process::exit(130);
                }
            });
        });
    });
    PRESSED.load(Ordering::Relaxed)
}
