//! Signals: Ctrl+C between two specs, and a file that grows beyond the limit of the shell.

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

/// Lets a write that goes beyond `ulimit -f` fail with an error, which is reported; SIGXFSZ would end the program.
pub fn outlive_size_limits() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        /// SIGXFSZ on Linux, macOS and BSD; Linux on MIPS alone has another.
        const SIZE_LIMIT: i32 = 25;
        static HANDLED: OnceLock<()> = OnceLock::new();
        HANDLED.get_or_init(|| {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            // The handler stays when the runtime is gone.
            let _ = runtime.block_on(async { signal(SignalKind::from_raw(SIZE_LIMIT)) });
        });
    }
}
