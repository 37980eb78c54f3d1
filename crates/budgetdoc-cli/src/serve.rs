//! The page that `budgetdoc watch --serve` shows: the PDF beside the findings.
//!
//! Only this machine is answered, and only who knows the token: other users and web pages of other sites do not.

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use budgetdoc::lang::Lang;
use serde_json::Value;
use tiny_http::{Header, Request, Response};

use crate::session::Session;

const PAGE: &str = include_str!("../assets/watch.html");
const SCRIPT: &str = include_str!("../assets/watch.js");
const PDFJS: &str = include_str!("../assets/pdfjs/pdf.min.mjs");
const PDFJS_WORKER: &str = include_str!("../assets/pdfjs/pdf.worker.min.mjs");

/// What the page may do: nothing that leaves this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; \
     img-src 'self' blob: data:; font-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How long a page waits for news before it asks again.
const WAIT: Duration = Duration::from_secs(25);

/// A page that is being served.
pub struct Server {
    state: Arc<State>,
    address: String,
}

struct State {
    shown: Mutex<Shown>,
    news: Condvar,
    /// The path everything is under.
    token: String,
    /// What the browser calls this server; another name comes from another site.
    hosts: [String; 2],
    lang: Lang,
}

#[derive(Default)]
struct Shown {
    version: u64,
    /// The version the PDF was written in; 0 without one.
    pdf_version: u64,
    pdf: Arc<Vec<u8>>,
    report: Value,
}

impl Server {
    /// Begins to answer, on a free port.
    ///
    /// # Errors
    /// There is no port, or no randomness for the token.
    pub fn start(session: &Session) -> io::Result<Server> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let token: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let server = tiny_http::Server::http("127.0.0.1:0").map_err(io::Error::other)?;
        let port = server.server_addr().to_ip().map_or(0, |address| address.port());
        let state = Arc::new(State {
            shown: Mutex::default(),
            news: Condvar::new(),
            token: token.clone(),
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            lang: session.lang,
        });
        let answering = state.clone();
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                let state = answering.clone();
                // A thread each: one that waits for news must not keep the others.
                std::thread::spawn(move || state.answer(request));
            }
        });
        Ok(Server { state, address: format!("http://127.0.0.1:{port}/{token}/") })
    }

    /// Where the page is.
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// Shows what came of a rendering. Without a PDF the last one stays.
    pub fn show(&self, report: Value, pdf: Option<Vec<u8>>) {
        let mut shown = self.state.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.version += 1;
        shown.report = report;
        if let Some(pdf) = pdf {
            shown.pdf_version = shown.version;
            shown.pdf = Arc::new(pdf);
        }
        self.state.news.notify_all();
    }
}

impl State {
    fn answer(&self, request: Request) {
        let host =
            |header: &Header| header.field.equiv("Host") && self.hosts.iter().any(|host| header.value == host.as_str());
        let known = request.headers().iter().any(host);
        let url = request.url().to_owned();
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let name = path.strip_prefix('/').and_then(|path| path.strip_prefix(self.token.as_str()));
        let lang = match self.lang {
            Lang::Zh => "zh",
            Lang::En => "en",
        };
        let answer = match name.filter(|_| known) {
            Some("/") => text(PAGE.replace("{lang}", lang), "text/html; charset=utf-8"),
            Some("/watch.js") => text(SCRIPT, "text/javascript; charset=utf-8"),
            Some("/pdf.min.mjs") => text(PDFJS, "text/javascript; charset=utf-8"),
            Some("/pdf.worker.min.mjs") => text(PDFJS_WORKER, "text/javascript; charset=utf-8"),
            Some("/news") => text(self.news(query), "application/json"),
            Some("/document.pdf") => {
                // The version in the query only keeps the browser from taking it for the last one.
                let pdf = self.shown.lock().unwrap_or_else(PoisonError::into_inner).pdf.clone();
                Response::from_data(pdf.as_slice()).with_header(header("Content-Type", "application/pdf"))
            }
            _ => text("", "text/plain").with_status_code(404),
        };
        let headers = [
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", POLICY),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ];
        let answer = headers.into_iter().fold(answer, |answer, (name, value)| answer.with_header(header(name, value)));
        // Whole, for its length is known. A page that was closed needs no answer.
        let _ = request.respond(answer.with_chunked_threshold(usize::MAX));
    }

    /// What is shown, as soon as it is newer than the version in `query`, or after a while in any case.
    fn news(&self, query: &str) -> String {
        let after: u64 = query.strip_prefix("after=").and_then(|number| number.parse().ok()).unwrap_or(0);
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.news.wait_timeout_while(shown, WAIT, |shown| shown.version <= after);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        serde_json::json!({ "version": shown.version, "pdf": shown.pdf_version, "report": shown.report }).to_string()
    }
}

fn text(text: impl Into<String>, kind: &str) -> Response<io::Cursor<Vec<u8>>> {
    Response::from_string(text).with_header(header("Content-Type", kind))
}

#[expect(clippy::unwrap_used, reason = "names and values are written here and are plain ASCII")]
fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).unwrap()
}
